using System.Globalization;
using Kedge.Data.Hub;

namespace Kedge.Cli.Trading;

/// <summary>Runs a lane until it is stopped.</summary>
internal static class LaneRunner
{
    public static int Run(LaneOptions options) => RunAsync(options).GetAwaiter().GetResult();

    private static async Task<int> RunAsync(LaneOptions options)
    {
        Func<string, string?> variable = Environment.GetEnvironmentVariable;
        await using LaneLines lines = new(options.Log, options.Json, options.Quiet);
        await using LaneSupervisor supervisor = new(options, lines);
        TaskCompletionSource stop = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using CancellationTokenRegistration registration = Interruption.Token.Register(() => stop.TrySetResult());
        try
        {
            LaneConfigurationFile file = LaneConfigurationFile.Open(options);
            await supervisor.ListenAsync().ConfigureAwait(false);
            WatchlistState? list = null;
            while (!stop.Task.IsCompleted)
            {
                LaneLife life = await LaneLife.StartAsync(options, lines, file, variable, list).ConfigureAwait(false);
                try
                {
                    list = life.List;
                    supervisor.Watch(life);
                    lines.Say("started", About(options, life));
                    await LiveAsync(life, stop.Task).ConfigureAwait(false);
                }
                finally
                {
                    await supervisor.LeaveAsync(isLast: stop.Task.IsCompleted).ConfigureAwait(false);
                    await life.DisposeAsync().ConfigureAwait(false);
                }

                lines.Say(
                    stop.Task.IsCompleted ? "stopped" : "symbols_changed",
                    stop.Task.IsCompleted
                        ? "everything is written; positions stay as they are"
                        : "the watchlist is another one: the lane begins anew from its ledger"
                );
            }
        }
        finally
        {
            options.Account?.Dispose();
        }

        return 0;
    }

    /// <summary>Until it is to stop, or other symbols are wanted and it has lasted long enough.</summary>
    private static async Task LiveAsync(LaneLife life, Task stop)
    {
        Task wanted = life.OtherSymbols;
        Task renewal = Task.WhenAll(wanted, Task.Delay(life.LeastLength));
        Task first = await Task.WhenAny(stop, renewal, life.Ended).ConfigureAwait(false);
        if (first == life.Ended)
        {
            // By itself it ends only when it fails.
            await first.ConfigureAwait(false);
            throw new InvalidOperationException("a part of the lane ended without a fault; start it again");
        }
    }

    private static string About(LaneOptions options, LaneLife life) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"lane {options.Lane}, {options.ModeName} on {options.Network.Name}, account {options.AccountName}, {life.Symbols.Count} symbols ({string.Join(' ', life.Symbols.Take(12))}{(life.Symbols.Count > 12 ? " …" : "")}), files in {options.Folder.Path}, process {Environment.ProcessId}"
        );
}
