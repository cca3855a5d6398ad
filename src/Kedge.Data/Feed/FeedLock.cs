using Kedge.Model;
using Kedge.Model.Files;

namespace Kedge.Data.Feed;

/// <summary>Who may write to a folder of candle databases: one feed, or one repair. <c>feed.lock</c> in it is held while a process runs and frees itself when it ends.</summary>
public static class FeedLock
{
    private const string Name = "feed.lock";

    /// <summary>Takes the folder until the result is disposed, and makes it when it is missing.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="what">What wants it, for the refusal.</param>
    /// <exception cref="KedgeException">Something else writes there (exit 3), or the folder cannot be written to (exit 4).</exception>
    public static FileStream Take(string folder, string what)
    {
        string path = Path.Combine(folder, Name);
        try
        {
            Directory.CreateDirectory(folder);
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when (FileLocks.IsHeld(e.HResult))
        {
            throw new KedgeException(
                FailureKind.Refused,
                what == "feed"
                    ? $"{folder}: another feed writes here; stop it, or give this one a folder of its own"
                    : $"{folder}: a feed writes here; stop it before the {what}",
                e
            );
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw KedgeException.Environment($"{folder}: cannot be written to: {e.Message}", e);
        }
    }

    /// <summary>Something writes to the folder now; null when that cannot be told.</summary>
    public static bool? IsHeld(string folder)
    {
        string path = Path.Combine(folder, Name);
        if (!File.Exists(path))
        {
            return false;
        }

        try
        {
            // A shared lock is refused while the writer's exclusive one stands, and harms nobody.
            using FileStream probe = new(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            return false;
        }
        catch (IOException e) when (FileLocks.IsHeld(e.HResult))
        {
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
