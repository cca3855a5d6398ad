using Kedge.Model;
using Kedge.Model.Files;

namespace Kedge.Trading.Tests.Journal;

/// <summary>Files in memory, with a disk that can be full.</summary>
internal sealed class MemoryFiles : IFileSystem
{
    public SortedDictionary<string, byte[]> Contents { get; } = new(StringComparer.Ordinal);

    /// <summary>Bytes the disk takes in all.</summary>
    public long Room { get; set; } = long.MaxValue;

    /// <summary>Flushes fail.</summary>
    public bool FlushFails { get; set; }

    /// <summary>Length of each file at its last flush: what a loss of power leaves at least.</summary>
    public Dictionary<string, int> Flushed { get; } = new(StringComparer.Ordinal);

    public bool Exists(string path) => Contents.ContainsKey(path);

    public IReadOnlyList<string> List(string folder) =>
        [.. Contents.Keys.Where(k => Path.GetDirectoryName(k) == folder).Select(k => Path.GetFileName(k))];

    public IDurableFile Create(string path, long reserveBytes = 0)
    {
        if (Exists(path))
        {
            throw KedgeException.Environment($"{path} is there");
        }

        Contents[path] = [];
        return new MemoryFile(this, path);
    }

    public IDurableFile Open(string path) =>
        Exists(path) ? new MemoryFile(this, path) : throw KedgeException.Environment($"no {path}");

    public IDurableFile OpenRead(string path) => Open(path);

    public FileOutcome Rename(string from, string to)
    {
        Contents.Remove(from, out byte[]? bytes);
        Contents[to] = bytes!;
        return FileOutcome.Ok;
    }

    public FileOutcome Delete(string path)
    {
        Contents.Remove(path);
        return FileOutcome.Ok;
    }

    private sealed class MemoryFile(MemoryFiles files, string path) : IDurableFile
    {
        public string Path => path;

        public long Length => Bytes.Length;

        private byte[] Bytes
        {
            get => files.Contents[path];
            set => files.Contents[path] = value;
        }

        public int Read(long offset, Span<byte> into)
        {
            int count = (int)Math.Clamp(Length - offset, 0, into.Length);
            Bytes.AsSpan((int)Math.Min(offset, Length), count).CopyTo(into);
            return count;
        }

        public FileOutcome Append(ReadOnlySpan<byte> bytes)
        {
            long room = files.Room - files.Contents.Values.Sum(b => (long)b.Length);
            int taken = (int)Math.Clamp(room, 0, bytes.Length);
            byte[] grown = new byte[Bytes.Length + taken];
            Bytes.CopyTo(grown, 0);
            bytes[..taken].CopyTo(grown.AsSpan(Bytes.Length));
            Bytes = grown;
            return taken == bytes.Length
                ? FileOutcome.Ok
                : new FileOutcome(FileFailure.Full, $"{path}: the disk is full; free some space");
        }

        public FileOutcome WriteAt(long offset, ReadOnlySpan<byte> bytes) => throw new NotSupportedException();

        public FileOutcome Truncate(long length)
        {
            Bytes = Bytes[..(int)length];
            return FileOutcome.Ok;
        }

        public FileOutcome Flush()
        {
            if (files.FlushFails)
            {
                return new FileOutcome(FileFailure.Io, $"{path}: cannot be flushed");
            }

            files.Flushed[path] = Bytes.Length;
            return FileOutcome.Ok;
        }

        public void Dispose() { }
    }
}
