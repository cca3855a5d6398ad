using Kedge.Model;

namespace Kedge.Cli.Trading;

/// <summary>The files of one lane, readable by its owner alone.</summary>
/// <param name="Path">The folder.</param>
internal sealed record LaneFolder(string Path)
{
    /// <summary>The ledger.</summary>
    public string Ledger => At("trading_engine.db");

    /// <summary>Holds exits while the ledger cannot.</summary>
    public string Emergency => Ledger + ".emergency";

    /// <summary>Segments of the journal.</summary>
    public string Journal => At("journal");

    /// <summary>How the lane stands, written anew every few seconds.</summary>
    public string Status => At("status.json");

    /// <summary>What dry_live would have sent.</summary>
    public string Dry => At("would-send.jsonl");

    /// <summary>Where operators are heard.</summary>
    public string Socket => At("trade.sock");

    /// <summary>Makes it if it is missing, and finds out that it can be written.</summary>
    /// <param name="room">Bytes that must have room.</param>
    /// <exception cref="KedgeException">It cannot (exit 4).</exception>
    public void Prepare(int room = 4_096)
    {
        string probe = At($".probe-{Environment.ProcessId}");
        try
        {
            const UnixFileMode Own = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
            if (OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(Path);
            }
            else
            {
                Directory.CreateDirectory(Path, Own);
            }

            try
            {
                File.WriteAllBytes(probe, new byte[room]);
            }
            finally
            {
                File.Delete(probe);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw KedgeException.Environment(
                $"{Path}: the folder of the lane cannot be written: {e.Message.TrimEnd('.')}; check its permissions and the space left, or name another with --dir",
                e
            );
        }
    }

    private string At(string name) => System.IO.Path.Combine(Path, name);
}
