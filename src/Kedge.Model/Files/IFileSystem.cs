namespace Kedge.Model.Files;

/// <summary>
/// Files whose names are as durable as their content: when making, renaming or deleting has returned without failure, a loss of power does not undo
/// it. Paths are the machine's, or those of a simulated disk.
/// </summary>
public interface IFileSystem
{
    /// <summary>Whether there is a file of that name.</summary>
    /// <exception cref="KedgeException">It cannot be told (exit 4).</exception>
    bool Exists(string path);

    /// <summary>Names, without the folder, of the files in a folder, in ordinal order; none when there is no such folder.</summary>
    /// <exception cref="KedgeException">It cannot be listed (exit 4).</exception>
    IReadOnlyList<string> List(string folder);

    /// <summary>Makes a file, and its folder when that is missing.</summary>
    /// <param name="path">A name nothing has.</param>
    /// <param name="reserveBytes">Length to begin with: zeros, written out, so that writing over them never finds the disk full.</param>
    /// <exception cref="KedgeException">There is one already, or it cannot be made (exit 4). No file is left behind then.</exception>
    IDurableFile Create(string path, long reserveBytes = 0);

    /// <summary>Opens a file for reading and writing. There must be one writer only: it does not keep others out, a lock of the whole lane does.</summary>
    /// <exception cref="KedgeException">There is none, or it cannot be opened (exit 4).</exception>
    IDurableFile Open(string path);

    /// <summary>Opens a file for reading, also one that is being written. Writing fails.</summary>
    /// <exception cref="KedgeException">There is none, or it cannot be opened (exit 4).</exception>
    IDurableFile OpenRead(string path);

    /// <summary>Gives a file another name in the same folder, in one step; a file that had it is gone.</summary>
    FileOutcome Rename(string from, string to);

    /// <summary>Deletes a file. One that is not there is no failure.</summary>
    FileOutcome Delete(string path);
}
