using Kedge.Cli.Hosting;
using Kedge.Data.Files;
using Kedge.Model.Venues;
using Kedge.Trading.Engine;
using Kedge.Venues.Dry;
using Kedge.Venues.Hyperliquid.Hosting;
using Kedge.Venues.Hyperliquid.Session;

namespace Kedge.Cli.Trading;

/// <summary>The venue of a lane: on paper one without an account, which is asked for data; in dry_live one that only writes down what it would send.</summary>
internal sealed class LaneVenue : IDrySink, ICandleHistory, IAsyncDisposable
{
    private readonly HyperliquidVenue _venue;
    private readonly LogFile? _dry;
    private readonly IVenue _front;

    /// <param name="options">The lane.</param>
    /// <param name="weightShare">Part of the venue's request weight that it may use.</param>
    /// <param name="cursor">How far the account's history was kept.</param>
    /// <param name="desk">Hears everything.</param>
    public LaneVenue(LaneOptions options, double weightShare, AccountCursor cursor, IVenueListener desk)
    {
        SessionSettings session = new()
        {
            WeightShare = weightShare,
            Account = options.Account?.Owner,
            Vault = options.Account?.Vault,
            Signer = options.Mode == TradingMode.Live ? options.Account?.Signer : null,
        };
        VenueHostOptions host = new()
        {
            Network = options.Network,
            Session = session,
            Cursor = options.Account is null ? null : cursor,
            StateFolder = Path.Combine(options.SharedFolder, "nonces"),
            Files = LocalFileSystem.Instance,
        };
        if (options.Mode != TradingMode.DryLive)
        {
            _venue = HyperliquidVenue.Start(host, desk);
            _front = _venue;
            return;
        }

        _dry = LogFile.Open(options.Folder.Dry);
        HyperliquidVenue? inner = null;
        _front = new DryVenue(
            this,
            desk,
            () => TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds(),
            listener => inner = HyperliquidVenue.Start(host, listener)
        );
        _venue = inner!;
    }

    /// <summary>Ends when the session fails.</summary>
    public Task Ended => _venue.Ended;

    /// <summary>Takes a command.</summary>
    public void Send(VenueCommand command) => _front.Send(command);

    void ICandleHistory.Request(VenueCommand.QueryCandles query) => _front.Send(query);

    void ICandleHistory.Request(VenueCommand.QueryFundingRates query) => _front.Send(query);

    void IDrySink.Written(DryRecord record)
    {
        LaneEvent? told = LaneEvent.Of(new EngineEffect.Send(record.Command), [], record.TimeMs);
        _dry!.Write(
            new LogLine(record.TimeMs, "would_send", told?.Symbol ?? "", record.Wire ?? told?.Text ?? record.Command.ToString())
        );
    }

    public async ValueTask DisposeAsync()
    {
        await _venue.DisposeAsync().ConfigureAwait(false);
        if (_dry is not null)
        {
            await _dry.DisposeAsync().ConfigureAwait(false);
        }
    }
}
