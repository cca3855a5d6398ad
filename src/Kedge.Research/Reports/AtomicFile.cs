using Kedge.Model;

namespace Kedge.Research.Reports;

/// <summary>
/// Writes a file whole or not at all: into a new file beside it, flushed to the disk, then renamed over the old one. A failure removes
/// the new file and leaves the old one as it was. A link is followed; a device such as <c>/dev/null</c> is written to directly.
/// </summary>
public static class AtomicFile
{
    private const int BufferBytes = 1 << 16;

    /// <summary>Writes a file.</summary>
    /// <param name="path">Where to.</param>
    /// <param name="write">Writes the content to the stream it is given.</param>
    /// <exception cref="KedgeException">The folder is missing, is not writable, or the disk is full (exit 4).</exception>
    public static void Write(string path, Action<Stream> write)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(write);
        if (path.Length == 0 || Directory.Exists(path))
        {
            throw KedgeException.Environment($"cannot write '{path}': it is a folder; give the name of a file");
        }

        string target = path;
        string? temporary = null;
        try
        {
            target = (File.Exists(path) ? File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName : null) ?? path;
            if (target.StartsWith("/dev/", StringComparison.Ordinal))
            {
                using FileStream device = new(target, FileMode.Open, FileAccess.Write);
                write(device);
                return;
            }

            temporary = Beside(target);
            using (FileStream stream = new(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, BufferBytes))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, target, overwrite: true);
            temporary = null;
        }
        catch (DirectoryNotFoundException e)
        {
            throw KedgeException.Environment($"cannot write '{path}': its folder does not exist; create the folder first", e);
        }
        catch (UnauthorizedAccessException e)
        {
            throw KedgeException.Environment($"cannot write '{path}': no permission to write there", e);
        }
        catch (IOException e)
        {
            string cause = e.Message.Replace(temporary ?? target, path, StringComparison.Ordinal).ReplaceLineEndings(" ");
            throw KedgeException.Environment($"cannot write '{path}': {cause}", e);
        }
        finally
        {
            Remove(temporary);
        }
    }

    private static string Beside(string target)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(target)) ?? "/";
        return Path.Combine(folder, $".{Path.GetFileName(target)}.{Path.GetRandomFileName()}.tmp");
    }

    private static void Remove(string? temporary)
    {
        try
        {
            if (temporary is not null)
            {
                File.Delete(temporary);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The failure that led here is the one to tell.
        }
    }
}
