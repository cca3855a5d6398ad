using System.Buffers.Binary;
using System.Text;
using Kedge.Model.Machines;
using Kedge.Trading.Engine;

namespace Kedge.Trading.Journal;

/// <summary>Writes and reads headers. Numbers are little-endian, eight bytes each; texts and blocks come after their length.</summary>
internal static class HeaderCodec
{
    private const int MaxTexts = 100_000;

    public static byte[] Write(JournalHeader header)
    {
        using MemoryStream into = new();
        Put(into, (long)header.Layout);
        Put(into, header.Program);
        Put(into, header.Segment);
        Put(into, header.Lane);
        Put(into, header.Session);
        Put(into, header.ConfigId);
        Put(into, header.Began.MonotonicMs);
        Put(into, header.Began.WallMs);
        Put(into, (long)header.Mode);
        Put(into, header.Symbols);
        Put(into, header.Strategies);
        Put(into, header.Settings.Span);
        Put(into, header.Rules.Span);
        return into.ToArray();
    }

    /// <exception cref="InvalidDataException">It is cut.</exception>
    public static JournalHeader Read(ReadOnlySpan<byte> from) =>
        new()
        {
            Layout = (ulong)Number(ref from),
            Program = Text(ref from),
            Segment = Number(ref from),
            Lane = Text(ref from),
            Session = Text(ref from),
            ConfigId = Text(ref from),
            Began = new Now(Number(ref from), Number(ref from)),
            Mode = (TradingMode)Number(ref from),
            Symbols = Texts(ref from),
            Strategies = Texts(ref from),
            Settings = Block(ref from).ToArray(),
            Rules = Block(ref from).ToArray(),
        };

    private static void Put(MemoryStream into, long value)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
        into.Write(bytes);
    }

    private static void Put(MemoryStream into, ReadOnlySpan<byte> block)
    {
        Put(into, block.Length);
        into.Write(block);
    }

    private static void Put(MemoryStream into, string text) => Put(into, Encoding.UTF8.GetBytes(text).AsSpan());

    private static void Put(MemoryStream into, IReadOnlyList<string> texts)
    {
        Put(into, texts.Count);
        foreach (string text in texts)
        {
            Put(into, text);
        }
    }

    private static long Number(ref ReadOnlySpan<byte> from)
    {
        long value = from.Length >= 8 ? BinaryPrimitives.ReadInt64LittleEndian(from) : throw Broken();
        from = from[8..];
        return value;
    }

    private static ReadOnlySpan<byte> Block(ref ReadOnlySpan<byte> from)
    {
        long length = Number(ref from);
        ReadOnlySpan<byte> block = length >= 0 && length <= from.Length ? from[..(int)length] : throw Broken();
        from = from[(int)length..];
        return block;
    }

    private static string Text(ref ReadOnlySpan<byte> from) => Encoding.UTF8.GetString(Block(ref from));

    private static string[] Texts(ref ReadOnlySpan<byte> from)
    {
        long count = Number(ref from);
        string[] texts = new string[count is >= 0 and <= MaxTexts ? count : throw Broken()];
        for (int i = 0; i < texts.Length; i++)
        {
            texts[i] = Text(ref from);
        }

        return texts;
    }

    private static InvalidDataException Broken() => new("The header is cut.");
}
