using System.Diagnostics.CodeAnalysis;

namespace Kedge.Cli.Hosting;

/// <summary>
/// Does something at an interval until it is disposed. A round that fails is told, once until one goes well, and the next one comes all the same: what looks after a
/// running lane must not end unseen.
/// </summary>
/// <param name="what">What is done, for the message.</param>
/// <param name="every">Time between two rounds.</param>
/// <param name="round">One round; it ends when it is told to.</param>
internal sealed class Rounds(string what, TimeSpan every, Func<CancellationToken, Task> round) : IAsyncDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private Task _loop = Task.CompletedTask;

    /// <summary>Begins.</summary>
    /// <param name="failed">Takes a sentence about a round that failed; null for nobody.</param>
    public void Start(Action<string>? failed) => _loop = Task.Run(() => RunAsync(failed));

    /// <summary>Ends; a round that runs is waited for.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        await _loop.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stopping.Dispose();
    }

    [SuppressMessage(
        "Design",
        "CA1031:Do not catch general exception types",
        Justification = "It is told, and what is watched goes on being watched."
    )]
    private async Task RunAsync(Action<string>? failed)
    {
        bool isTold = false;
        using PeriodicTimer timer = new(every);
        while (await timer.WaitForNextTickAsync(_stopping.Token).ConfigureAwait(false))
        {
            try
            {
                await round(_stopping.Token).ConfigureAwait(false);
                isTold = false;
            }
            catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                if (!isTold)
                {
                    isTold = true;
                    failed?.Invoke($"{what} failed and is tried again: {e.Message}");
                }
            }
        }
    }
}
