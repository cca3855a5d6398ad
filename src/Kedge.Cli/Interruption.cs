using System.Runtime.InteropServices;

namespace Kedge.Cli;

/// <summary>Ctrl-C and a request to end: the first stops the work at its next step, so that files half made are removed; a second ends at once.</summary>
public sealed class Interruption : IDisposable
{
    private const int SignalExitBase = 128;
    private static readonly CancellationTokenSource Source = new();
    private readonly PosixSignalRegistration[] _signals;

    /// <summary>Starts to listen.</summary>
    public Interruption() =>
        _signals = [
            PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop),
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop),
        ];

    /// <summary>Cancelled by the first signal.</summary>
    public static CancellationToken Token => Source.Token;

    /// <summary>Exit code of a run that was stopped, as shells count it: 130 after Ctrl-C, 143 after a request to end.</summary>
    public static int ExitCode { get; private set; } = SignalExitBase + 2;

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (PosixSignalRegistration signal in _signals)
        {
            signal.Dispose();
        }
    }

    private static void Stop(PosixSignalContext context)
    {
        if (Source.IsCancellationRequested)
        {
            return;
        }

        ExitCode = SignalExitBase + (context.Signal == PosixSignal.SIGTERM ? 15 : 2);
        context.Cancel = true;
        Source.Cancel();
    }
}
