using System.Buffers.Binary;
using System.Numerics;
using System.Text.Json;
using Kedge.Data.Files;
using Kedge.Model;
using Kedge.Model.Files;
using Kedge.Model.Ledger;

namespace Kedge.Data.Ledger;

/// <summary>
/// Emergency intents in a file of fixed size that is written in full when it is made, so that later writes need no space. Two header blocks take turns
/// and carry a generation; each record's checksum covers the generation and the record before it, so that neither a torn record nor anything left from
/// before is ever read. After a failed flush nothing more is taken: what the machine then says of the disk cannot be relied on.
/// </summary>
public sealed class EmergencyFile : IEmergencyIntents
{
    /// <summary>Bytes of the file.</summary>
    public const int Size = 1 << 20;

    private const int HeaderBlock = 512;
    private const int FirstRecord = 2 * HeaderBlock;
    private const int RecordHead = 8;
    private readonly string _path;
    private readonly IDurableFile _file;
    private readonly List<LedgerRow.IntentCreated> _intents = [];
    private LedgerOutcome _broken;
    private ulong _generation;
    private uint _chain;
    private int _end = FirstRecord;

    private EmergencyFile(string path, IDurableFile file)
    {
        _path = path;
        _file = file;
    }

    /// <inheritdoc/>
    public int FreeBytes => Size - _end;

    /// <summary>Opens a file, and makes it, with all its space, if it is missing.</summary>
    /// <param name="path">Beside the ledger, by habit <c>LEDGER.emergency</c>.</param>
    /// <param name="files">Where it is; null for the machine's files, where one process has it and nobody but its owner reads it.</param>
    /// <exception cref="KedgeException">Another process has it (exit 3); it cannot be made or read, or is no such file (exit 4).</exception>
    public static EmergencyFile Open(string path, IFileSystem? files = null)
    {
        IDurableFile file =
            files is null ? OpenAlone(path)
            : files.Exists(path) ? files.Open(path)
            : files.Create(path);
        try
        {
            EmergencyFile opened = new(path, file);
            opened.ReadAll();
            return opened;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<LedgerRow.IntentCreated> Read() => [.. _intents];

    /// <inheritdoc/>
    public LedgerOutcome Append(LedgerRow.IntentCreated intent)
    {
        ArgumentNullException.ThrowIfNull(intent);
        if (!_broken.IsOk)
        {
            return _broken;
        }

        ReadOnlySpan<byte> content = IntentJson.Write(intent);
        if (content.Length > Size - _end - RecordHead)
        {
            return new LedgerOutcome(
                LedgerFailure.Full,
                $"{_path}: {FreeBytes} bytes are left, the intent needs {content.Length + RecordHead}; it is emptied when the ledger can be written again"
            );
        }

        byte[] record = new byte[RecordHead + content.Length];
        BinaryPrimitives.WriteInt32LittleEndian(record, content.Length);
        uint sum = Checksum(_chain, content);
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(4), sum);
        content.CopyTo(record.AsSpan(RecordHead));
        FileOutcome written = _file.WriteAt(_end, record);
        if (!written.IsOk)
        {
            return Outcome(written);
        }

        _end += record.Length;
        _chain = sum;
        _intents.Add(intent);
        return LedgerOutcome.Ok;
    }

    /// <inheritdoc/>
    public LedgerOutcome Flush()
    {
        if (!_broken.IsOk)
        {
            return _broken;
        }

        return _broken = Outcome(_file.Flush());
    }

    /// <inheritdoc/>
    public LedgerOutcome Reset()
    {
        if (!_broken.IsOk)
        {
            return _broken;
        }

        _broken = Outcome(WriteHeader(_generation + 1));
        if (_broken.IsOk)
        {
            _intents.Clear();
        }

        return _broken;
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private static uint Checksum(uint seed, ReadOnlySpan<byte> bytes)
    {
        uint sum = BitOperations.Crc32C(seed, (uint)bytes.Length);
        foreach (byte b in bytes)
        {
            sum = BitOperations.Crc32C(sum, b);
        }

        return sum;
    }

    private static uint Seed(ulong generation) => BitOperations.Crc32C(uint.MaxValue, generation);

    private static LocalFile OpenAlone(string path)
    {
        OwnerOnly.Ensure(path);
        LocalFile file = LocalFile.OpenAlone(path);
        FileOutcome named = DirectoryEntries.Flush(Path.GetDirectoryName(Path.GetFullPath(path))!);
        if (named.IsOk)
        {
            return file;
        }

        file.Dispose();
        throw KedgeException.Environment(named.Text!);
    }

    private void Make()
    {
        FileOutcome outcome = _file.WriteAt(0, new byte[Size]);
        outcome = outcome.IsOk ? _file.Flush() : outcome;
        outcome = outcome.IsOk ? WriteHeader(1) : outcome;
        if (!outcome.IsOk)
        {
            throw KedgeException.Environment($"{outcome.Text}; it needs 1 MiB that can be written");
        }
    }

    private FileOutcome WriteHeader(ulong generation)
    {
        Span<byte> block = stackalloc byte[HeaderBlock];
        block.Clear();
        "KEDGEEM1"u8.CopyTo(block);
        BinaryPrimitives.WriteUInt64LittleEndian(block[8..], generation);
        BinaryPrimitives.WriteUInt32LittleEndian(block[16..], Seed(generation));
        FileOutcome outcome = _file.WriteAt(HeaderBlock * (long)(generation % 2), block);
        outcome = outcome.IsOk ? _file.Flush() : outcome;
        if (outcome.IsOk)
        {
            _generation = generation;
            _chain = Seed(generation);
            _end = FirstRecord;
        }

        return outcome;
    }

    private void ReadAll()
    {
        byte[] bytes = new byte[Size];
        _ = _file.Read(0, bytes);
        _generation = Math.Max(Generation(bytes.AsSpan(0, HeaderBlock)), Generation(bytes.AsSpan(HeaderBlock, HeaderBlock)));
        if (_generation == 0 && _file.Length <= Size && bytes.AsSpan().IndexOfAnyExcept((byte)0) < 0)
        {
            // New, or its maker died before the header.
            Make();
            return;
        }

        if (_file.Length != Size || _generation == 0)
        {
            throw KedgeException.Environment(
                $"{_path}: is no emergency file of ours, or is damaged; move it away when no order was sent while the ledger could not be written"
            );
        }

        _chain = Seed(_generation);
        while (TryRecord(bytes, out int end, out uint sum))
        {
            ReadOnlyMemory<byte> content = bytes.AsMemory(_end + RecordHead, end - _end - RecordHead);
            try
            {
                _intents.Add(IntentJson.Read(content));
            }
            catch (Exception e) when (e is FormatException or JsonException or KeyNotFoundException or InvalidOperationException)
            {
                throw KedgeException.Environment(
                    $"{_path}: holds an intent that this version cannot read; use the version that wrote it",
                    e
                );
            }

            _end = end;
            _chain = sum;
        }
    }

    private bool TryRecord(byte[] bytes, out int end, out uint sum)
    {
        end = 0;
        sum = 0;
        if (_end + RecordHead > Size)
        {
            return false;
        }

        int length = BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(_end));
        if (length <= 0 || length > Size - _end - RecordHead)
        {
            return false;
        }

        end = _end + RecordHead + length;
        sum = BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(_end + 4));
        return sum == Checksum(_chain, bytes.AsSpan(_end + RecordHead, length));
    }

    private static ulong Generation(ReadOnlySpan<byte> block)
    {
        ulong generation = BinaryPrimitives.ReadUInt64LittleEndian(block[8..]);
        return block.StartsWith("KEDGEEM1"u8) && BinaryPrimitives.ReadUInt32LittleEndian(block[16..]) == Seed(generation)
            ? generation
            : 0;
    }

    private static LedgerOutcome Outcome(FileOutcome outcome) =>
        outcome.Failure switch
        {
            FileFailure.None => LedgerOutcome.Ok,
            FileFailure.Full => new LedgerOutcome(LedgerFailure.Full, outcome.Text),
            _ => new LedgerOutcome(LedgerFailure.Io, outcome.Text),
        };
}
