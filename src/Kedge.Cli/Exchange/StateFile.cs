using System.Buffers;
using System.Buffers.Binary;
using System.Text.Json;
using Kedge.Model;
using Kedge.Research.Reports;

namespace Kedge.Cli.Exchange;

/// <summary>A simulated venue at rest: which market it plays, how far it is, and the state of the gateway.</summary>
/// <param name="Hash">Names the bars.</param>
/// <param name="Symbols">Names of the instruments in their order.</param>
/// <param name="AnchorMs">The moment to which the bars were shifted.</param>
/// <param name="TimeMs">The venue's time when it was saved.</param>
/// <param name="Gateway">State of the gateway.</param>
internal sealed record StateFile(string Hash, string Symbols, long AnchorMs, long TimeMs, ReadOnlyMemory<byte> Gateway)
{
    private const int MaxHeaderBytes = 1 << 20;
    private static readonly byte[] Magic = "KEDGEX1\n"u8.ToArray();

    /// <summary>Reads a file; null when there is none.</summary>
    /// <exception cref="KedgeException">It cannot be read, or is no state of an exchange (exit 4).</exception>
    public static StateFile? Read(string path)
    {
        try
        {
            return File.Exists(path) ? Parse(File.ReadAllBytes(path)) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw KedgeException.Environment($"{path}: cannot be read: {e.Message}", e);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or InvalidDataException)
        {
            throw KedgeException.Environment(
                $"{path}: is no saved exchange, or a damaged one; take it from a copy, or move it away to begin anew",
                e
            );
        }
    }

    /// <summary>Writes bytes of <see cref="ToBytes"/> whole or not at all.</summary>
    public static void Write(string path, byte[] bytes) => AtomicFile.Write(path, stream => stream.Write(bytes));

    /// <summary>As it stands in a file.</summary>
    public byte[] ToBytes()
    {
        ArrayBufferWriter<byte> header = new();
        using (Utf8JsonWriter json = new(header))
        {
            json.WriteStartObject();
            json.WriteString("hash", Hash);
            json.WriteString("symbols", Symbols);
            json.WriteNumber("anchor_ms", AnchorMs);
            json.WriteNumber("time_ms", TimeMs);
            json.WriteEndObject();
        }

        byte[] bytes = new byte[Magic.Length + sizeof(int) + header.WrittenCount + Gateway.Length];
        Magic.CopyTo(bytes, 0);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(Magic.Length), header.WrittenCount);
        header.WrittenSpan.CopyTo(bytes.AsSpan(Magic.Length + sizeof(int)));
        Gateway.Span.CopyTo(bytes.AsSpan(Magic.Length + sizeof(int) + header.WrittenCount));
        return bytes;
    }

    private static StateFile Parse(byte[] bytes)
    {
        int start = Magic.Length + sizeof(int);
        int length =
            bytes.Length >= start && bytes.AsSpan().StartsWith(Magic)
                ? BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(Magic.Length))
                : -1;
        if (length is < 0 or > MaxHeaderBytes || bytes.Length < start + length)
        {
            throw new InvalidDataException("There is no header.");
        }

        using JsonDocument document = JsonDocument.Parse(bytes.AsMemory(start, length));
        JsonElement root = document.RootElement;
        return new StateFile(
            root.GetProperty("hash").GetString() ?? "",
            root.GetProperty("symbols").GetString() ?? "",
            root.GetProperty("anchor_ms").GetInt64(),
            root.GetProperty("time_ms").GetInt64(),
            bytes.AsMemory(start + length)
        );
    }
}
