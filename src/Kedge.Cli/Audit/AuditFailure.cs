using Kedge.Model;

namespace Kedge.Cli.Audit;

/// <summary>What keeps a journal from being read is no difference: it ends with the code of things that cannot be read.</summary>
internal static class AuditFailure
{
    /// <summary>Runs something that reads a journal.</summary>
    /// <exception cref="KedgeException">It cannot be read (exit 4).</exception>
    public static void Guard(string session, Action read)
    {
        try
        {
            read();
        }
        catch (KedgeException e) when (e.Kind == FailureKind.CheckFailed)
        {
            throw KedgeException.Environment(e.Message, e);
        }
        catch (InvalidDataException e)
        {
            throw KedgeException.Environment(
                $"{session}: a record cannot be read: {e.Message} Use the program that wrote it, or a copy of the file",
                e
            );
        }
    }
}
