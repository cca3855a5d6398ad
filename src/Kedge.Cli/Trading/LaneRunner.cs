using System.Globalization;
using Kedge.Data.Hub;
using Kedge.Model;

namespace Kedge.Cli.Trading;

/// <summary>Runs a lane until it is stopped.</summary>
internal sealed class LaneRunner : IAsyncDisposable
{
    private static readonly TimeSpan FirstRetry = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LastRetry = TimeSpan.FromSeconds(30);
    private const double RehearseMostOftenS = 1.0;
    private const double RehearseLeastOftenS = 60.0;
    private readonly LaneOptions _options;
    private readonly LaneLines _lines;
    private readonly LaneSupervisor _supervisor;
    private readonly TaskCompletionSource _stop = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private LaneRunner(LaneOptions options)
    {
        _options = options;
        _lines = new LaneLines(options.Log, options.Json, options.Quiet);
        _supervisor = new LaneSupervisor(options, _lines);
    }

    private bool IsStopped => _stop.Task.IsCompleted;

    public static int Run(LaneOptions options) => RunAsync(options).GetAwaiter().GetResult();

    public async ValueTask DisposeAsync()
    {
        await _supervisor.DisposeAsync().ConfigureAwait(false);
        await _lines.DisposeAsync().ConfigureAwait(false);
        _options.Account?.Dispose();
    }

    private static async Task<int> RunAsync(LaneOptions options)
    {
        await using LaneRunner runner = new(options);
        await using CancellationTokenRegistration registration = Interruption.Token.Register(() => runner._stop.TrySetResult());
        await runner.RunAsync().ConfigureAwait(false);
        return 0;
    }

    private async Task RunAsync()
    {
        LaneConfigurationFile file = LaneConfigurationFile.Open(_options);
        await _supervisor.ListenAsync().ConfigureAwait(false);
        WatchlistState? list = null;
        LaneFacts? facts = null;
        while (!IsStopped)
        {
            if (await BeginAsync(file, list, facts).ConfigureAwait(false) is not { } life)
            {
                break;
            }

            try
            {
                list = life.List;
                _lines.Say("started", About(life));
                facts = await LiveAsync(life).ConfigureAwait(false);
            }
            finally
            {
                await LeaveAsync(life).ConfigureAwait(false);
            }

            if (!IsStopped)
            {
                _lines.Say("symbols_changed", "the watchlist is another one: the lane begins anew from its ledger");
            }
        }

        _lines.Say("stopped", "everything is written; positions stay as they are");
    }

    /// <summary>
    /// Begins a life. The first one begins or says why not. A later one was rehearsed; when it cannot begin all the same, it is tried until it does, for something may be held.
    /// </summary>
    /// <returns>Null when it was to stop before it had begun.</returns>
    private async Task<LaneLife?> BeginAsync(LaneConfigurationFile file, WatchlistState? before, LaneFacts? facts)
    {
        TimeSpan wait = FirstRetry;
        string? told = null;
        while (true)
        {
            LaneLife? life = null;
            try
            {
                life = await LaneLife
                    .StartAsync(_options, _lines, file, Environment.GetEnvironmentVariable, before, facts)
                    .ConfigureAwait(false);
                _supervisor.Watch(life);
                return life;
            }
            catch (KedgeException e) when (before is not null && e.Kind != FailureKind.Refused)
            {
                await LeaveAsync(life).ConfigureAwait(false);
                if (e.Message != told)
                {
                    told = e.Message;
                    _lines.Warn(
                        "start_failed",
                        $"what is held is looked after by nobody until the lane runs; it is tried again: {e.Message}"
                    );
                }
            }
            catch
            {
                await LeaveAsync(life).ConfigureAwait(false);
                throw;
            }

            if (await Task.WhenAny(_stop.Task, Task.Delay(wait)).ConfigureAwait(false) == _stop.Task)
            {
                return null;
            }

            wait = wait < LastRetry ? 2 * wait : LastRetry;
        }
    }

    /// <summary>Until it is to stop, or other symbols are wanted, it has lasted long enough, and the next life can begin.</summary>
    /// <returns>What the next life is to know of the venue; null when it is to stop.</returns>
    private async Task<LaneFacts?> LiveAsync(LaneLife life)
    {
        Task longEnough = Task.Delay(life.LeastLength);
        TimeSpan again = TimeSpan.FromSeconds(Math.Clamp(life.LeastLength.TotalSeconds, RehearseMostOftenS, RehearseLeastOftenS));
        while (await GoesOnAsync(life, Task.WhenAll(life.OtherSymbols, longEnough)).ConfigureAwait(false))
        {
            Task<LaneFacts?> rehearsal = life.RehearseAsync();
            if (!await GoesOnAsync(life, rehearsal).ConfigureAwait(false))
            {
                break;
            }

            if (await rehearsal.ConfigureAwait(false) is { } facts)
            {
                return facts;
            }

            if (!await GoesOnAsync(life, Task.Delay(again)).ConfigureAwait(false))
            {
                break;
            }
        }

        return null;
    }

    /// <summary>Waits for something. False when it is to stop; with the fault when a part of the life has failed.</summary>
    private async Task<bool> GoesOnAsync(LaneLife life, Task awaited)
    {
        Task first = await Task.WhenAny(_stop.Task, life.Ended, awaited).ConfigureAwait(false);
        if (first == life.Ended && !IsStopped)
        {
            // By itself it ends only when it fails.
            await first.ConfigureAwait(false);
            throw new InvalidOperationException("a part of the lane ended without a fault; start it again");
        }

        return !IsStopped;
    }

    private async Task LeaveAsync(LaneLife? life)
    {
        if (life is not null)
        {
            await _supervisor.LeaveAsync(isLast: IsStopped).ConfigureAwait(false);
            await life.DisposeAsync().ConfigureAwait(false);
        }
    }

    private string About(LaneLife life) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"lane {_options.Lane}, {_options.ModeName} on {_options.Network.Name}, account {_options.AccountName}, {life.Symbols.Count} symbols ({string.Join(' ', life.Symbols.Take(12))}{(life.Symbols.Count > 12 ? " …" : "")}), files in {_options.Folder.Path}, process {Environment.ProcessId}"
        );
}
