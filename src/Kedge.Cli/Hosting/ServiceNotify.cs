using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Kedge.Cli.Hosting;

/// <summary>
/// Tells a service manager how it goes: READY, STATUS, WATCHDOG and STOPPING to the datagram socket in <c>NOTIFY_SOCKET</c>, as sd_notify(3) describes.
/// Without that variable it does nothing.
/// </summary>
internal sealed class ServiceNotify : IDisposable
{
    private readonly Socket? _socket;
    private readonly UnixDomainSocketEndPoint? _manager;
    private string _status = "";

    /// <summary>Reads <c>NOTIFY_SOCKET</c>, <c>WATCHDOG_USEC</c> and <c>WATCHDOG_PID</c>.</summary>
    public ServiceNotify(Func<string, string?> environment)
    {
        if (environment("NOTIFY_SOCKET") is not { Length: > 1 } path || path[0] is not ('/' or '@'))
        {
            return;
        }

        _manager = new UnixDomainSocketEndPoint(path[0] == '@' ? '\0' + path[1..] : path);
        _socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        bool isMine =
            environment("WATCHDOG_PID") is not { Length: > 0 } pid
            || pid == Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        if (
            isMine
            && long.TryParse(environment("WATCHDOG_USEC"), NumberStyles.None, CultureInfo.InvariantCulture, out long microseconds)
            && microseconds > 0
        )
        {
            Watchdog = TimeSpan.FromMicroseconds(microseconds);
        }
    }

    /// <summary>The manager restarts the service when it hears nothing for this long; null when it does not watch.</summary>
    public TimeSpan? Watchdog { get; }

    /// <summary>The service does its work.</summary>
    public void Ready(string status) => Send($"READY=1\nSTATUS={OneLine(status)}");

    /// <summary>What a person sees in the manager's list; sent when it changes.</summary>
    public void Status(string status)
    {
        if (status != _status)
        {
            _status = status;
            Send($"STATUS={OneLine(status)}");
        }
    }

    /// <summary>It is alive.</summary>
    public void Alive() => Send("WATCHDOG=1");

    /// <summary>It ends.</summary>
    public void Stopping() => Send("STOPPING=1\nSTATUS=stopping");

    public void Dispose() => _socket?.Dispose();

    private static string OneLine(string text) => text.ReplaceLineEndings(" ");

    private void Send(string message)
    {
        try
        {
            _socket?.SendTo(Encoding.UTF8.GetBytes(message), _manager!);
        }
        catch (SocketException)
        {
            // The manager is gone or busy; the next message may reach it.
        }
    }
}
