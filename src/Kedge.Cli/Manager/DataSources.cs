using Kedge.Configuration;
using Kedge.Data.Manager;
using Kedge.Model;
using Kedge.Venues.Hyperliquid.Hosting;
using Kedge.Venues.Hyperliquid.Session;

namespace Kedge.Cli.Manager;

/// <summary>The data manager of the <c>data</c> section, with what it is made of.</summary>
internal sealed class DataSources : IAsyncDisposable
{
    /// <summary>Says where the databases are when the configuration does not.</summary>
    public const string FolderVariable = "AI_QUANT_CANDLES_DB_DIR";

    private readonly VenueSource _source;
    private HyperliquidVenue? _venue;

    /// <summary>Makes one; the venue is connected to when it is asked for the first time.</summary>
    /// <param name="settings">The section.</param>
    /// <param name="weightShare">Part of the venue's limit on requests that may be used.</param>
    public DataSources(DataSettings settings, double weightShare)
    {
        string folder = Folder(settings);
        if (!NetworkEndpoint.TryParse(settings.VenueUrl, isMainnet: false, out NetworkEndpoint? network))
        {
            throw KedgeException.Usage(
                $"data.venue_url: '{settings.VenueUrl}' is neither mainnet, testnet nor an address such as http://127.0.0.1:3001"
            );
        }

        _source = new VenueSource(
            new VenueSourceOptions(),
            listener =>
                _venue = HyperliquidVenue.Start(
                    new VenueHostOptions
                    {
                        Network = network,
                        Session = new SessionSettings { WeightShare = weightShare },
                    },
                    listener
                )
        );
        SqliteSource sqlite = new(folder);
        Manager = new DataManager(
            new DataManagerOptions
            {
                Sources =
                [
                    sqlite,
                    new ArchiveSource(
                        settings.ArchiveDir ?? Path.Combine(folder, "partitions"),
                        settings.DuckDbThreads,
                        settings.DuckDbMemoryMb
                    ),
                    _source,
                ],
                Order = settings.Sources,
                Routes = [.. settings.Routes.Select(r => new DataRouteRule(r.Symbols, r.Asset, r.Sources))],
                WriteBack = settings.WriteBack ? sqlite : null,
            }
        );
    }

    /// <summary>The manager.</summary>
    public DataManager Manager { get; }

    /// <summary>The folder of the databases.</summary>
    public static string Folder(DataSettings settings) =>
        settings.SqliteDir
        ?? (Environment.GetEnvironmentVariable(FolderVariable) is { Length: > 0 } named ? named : "candles_dbs");

    public async ValueTask DisposeAsync()
    {
        if (_venue is not null)
        {
            await _venue.DisposeAsync().ConfigureAwait(false);
        }

        _source.Dispose();
    }
}
