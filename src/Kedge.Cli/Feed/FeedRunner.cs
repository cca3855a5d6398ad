using System.Globalization;
using System.Runtime.CompilerServices;
using Kedge.Data.Feed;
using Kedge.Model;
using Kedge.Venues.Hyperliquid.Hosting;
using Kedge.Venues.Hyperliquid.Session;

namespace Kedge.Cli.Feed;

/// <summary>Runs a feed until it is stopped.</summary>
internal static class FeedRunner
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    public static int Run(NetworkEndpoint network, FeedServiceOptions options, FeedMonitoring monitoring) =>
        RunAsync(network, options, monitoring).GetAwaiter().GetResult();

    private static async Task<int> RunAsync(NetworkEndpoint network, FeedServiceOptions options, FeedMonitoring monitoring)
    {
        bool quiet = monitoring.Quiet;
        FeedSupervisor supervisor = new(monitoring);
        await using ConfiguredAsyncDisposable ends = supervisor.ConfigureAwait(false);
        using StoredLines? lines = monitoring.TellsStored ? new StoredLines(Console.OpenStandardOutput()) : null;
        options = options with
        {
            Stored = lines is null ? null : lines.Add,
            Noted = supervisor.Note,
            Served = supervisor.Served,
            Outlets = supervisor.Quotes is { } quotes ? [.. options.Outlets, quotes] : options.Outlets,
        };
        HyperliquidVenue? venue = null;
        FeedService service = FeedService.Start(
            options,
            listener =>
                venue = HyperliquidVenue.Start(
                    new VenueHostOptions
                    {
                        Network = network,
                        Session = new SessionSettings { WeightShare = 1.0 },
                    },
                    listener
                )
        );
        if (!quiet)
        {
            Terminal.Say($"Candles of {string.Join(' ', options.Symbols)} go to {options.Folder}; Ctrl-C ends it.");
            Terminal.Say(service.SocketPath is { } socket ? $"Served at {socket}." : "Nothing is served: --no-socket.");
            if (Retention.Describe(options.Settings) is { } kept)
            {
                Terminal.Say(kept);
            }
        }

        try
        {
            string about =
                $"{string.Join(' ', options.Symbols)} from {network.Name} to {options.Folder}, process {Environment.ProcessId}";
            supervisor.Serving = () => service.ServingHealth;
            await supervisor.StartAsync(service, about).ConfigureAwait(false);
            await WaitAsync(service, venue!, quiet).ConfigureAwait(false);
        }
        finally
        {
            supervisor.Stopping();
            await venue!.DisposeAsync().ConfigureAwait(false);
            await service.DisposeAsync().ConfigureAwait(false);
        }

        return 0;
    }

    private static async Task WaitAsync(FeedService service, HyperliquidVenue venue, bool quiet)
    {
        TaskCompletionSource stop = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using CancellationTokenRegistration registration = Interruption.Token.Register(() => stop.TrySetResult());
        Task serving = service.ServingEnded;
        bool shows = !quiet && !Console.IsErrorRedirected;
        while (!stop.Task.IsCompleted)
        {
            Task ended = await Task.WhenAny(stop.Task, service.Ended, serving, venue.Ended, Task.Delay(LookEvery))
                .ConfigureAwait(false);
            if (ended == service.Ended || ended == serving || ended == venue.Ended)
            {
                // It ends by itself only when it fails.
                await ended.ConfigureAwait(false);
                return;
            }

            if (shows)
            {
                IReadOnlyList<SeriesStatus> all = service.Status;
                long last = all.Max(s => s.LastMs) ?? 0;
                Terminal.Status(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"newest bar {Timestamp.Show(last)} UTC · {History(service)}{all.Sum(s => s.Missing)} missing · {all.Sum(s => s.Revised)} revised"
                    )
                );
            }
        }
    }

    /// <summary>While the history is fetched, how far it is.</summary>
    private static string History(FeedService service)
    {
        if (service.Progress is not { Percent: < 100 } now)
        {
            return "";
        }

        string left = now.LeftMs is long ms
            ? string.Create(CultureInfo.InvariantCulture, $", {TimeSpan.FromMilliseconds(ms):h\\:mm\\:ss} left")
            : "";
        return string.Create(CultureInfo.InvariantCulture, $"history {now.Percent} %{left} · ");
    }
}
