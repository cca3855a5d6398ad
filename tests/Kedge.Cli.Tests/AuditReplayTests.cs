using System.Buffers.Binary;
using System.Numerics;
using System.Text.Json;

namespace Kedge.Cli.Tests;

/// <summary><c>kedge replay --journal</c> and <c>kedge audit replay</c>: a session, and what an audit says of it when it is whole, torn, changed or none.</summary>
public sealed class AuditReplayTests : IClassFixture<BadFolder>, IDisposable
{
    private const string Run =
        "replay --config good.yaml --candles-db candles_1h.db --funding-db funding_rates.db --quiet --output r.json";
    private const string Segment = "00000001.journal";
    private readonly TempFolder _folder = new();

    public AuditReplayTests(BadFolder market)
    {
        foreach (string file in new[] { "good.yaml", "candles_1h.db", "funding_rates.db" })
        {
            File.Copy(Path.Combine(market.Path, file), _folder.At(file));
        }

        Outcome outcome = Kedge($"{Run} --journal lane/journal");
        Assert.True(outcome.Code == 0, outcome.ToString());
    }

    private string File1 => Path.Combine(_folder.Path, "lane", "journal", Segment);

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("lane")]
    [InlineData("lane/journal")]
    [InlineData("lane/journal/" + Segment)]
    public void A_session_replays_from_its_journal_alone_to_the_last_bit(string named)
    {
        File.Delete(_folder.At("candles_1h.db"));
        File.Delete(_folder.At("good.yaml"));
        Outcome outcome = Kedge($"audit replay {named}");
        Assert.Equal((0, ""), (outcome.Code, outcome.Error));
        string[] lines = outcome.Out.TrimEnd().Split('\n');
        Assert.Contains("segment 1, replay paper, 1970-01-01 01:00 to 1970-01-17 16:00", lines[0], StringComparison.Ordinal);
        Assert.EndsWith(" decisions: equal", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("equal to the last bit: 1 segment, ", lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void Programs_read_the_same_as_json()
    {
        Outcome outcome = Kedge("audit replay lane --json");
        using JsonDocument json = JsonDocument.Parse(outcome.Out);
        JsonElement segment = json.RootElement.GetProperty("segments")[0];
        Assert.True(json.RootElement.GetProperty("equal").GetBoolean());
        Assert.Equal("stopped", segment.GetProperty("end").GetString());
        Assert.Equal(64, segment.GetProperty("config_id").GetString()!.Length);
        Assert.True(segment.GetProperty("decisions").GetInt32() > 50);
        Assert.Equal(JsonValueKind.Null, segment.GetProperty("difference").ValueKind);
    }

    [Fact]
    public void The_report_of_a_run_with_a_journal_is_that_of_one_without()
    {
        string with = File.ReadAllText(_folder.At("r.json"));
        Assert.Equal(0, Kedge(Run).Code);
        Assert.Equal(File.ReadAllText(_folder.At("r.json")), with);
    }

    [Fact]
    public void A_torn_end_is_said_and_what_stands_before_it_is_compared()
    {
        byte[] whole = File.ReadAllBytes(File1);
        File.WriteAllBytes(File1, whole[..^40]);
        Outcome outcome = Kedge("audit replay lane");
        Assert.Equal(0, outcome.Code);
        Assert.Contains("bytes are no whole record", outcome.Out, StringComparison.Ordinal);
        Assert.Contains("equal to the last bit", outcome.Out, StringComparison.Ordinal);
        using JsonDocument json = JsonDocument.Parse(Kedge("audit replay lane --json").Out);
        Assert.Equal("torn", json.RootElement.GetProperty("segments")[0].GetProperty("end").GetString());
    }

    [Fact]
    public void Damage_in_the_middle_of_a_finished_segment_is_no_torn_end()
    {
        byte[] bytes = File.ReadAllBytes(File1);
        bytes[bytes.Length / 2] ^= 0x10;
        File.WriteAllBytes(File1, bytes);
        Outcome outcome = Kedge("audit replay lane");
        Assert.True(outcome.Code == 1, outcome.ToString());
        Assert.Contains("the file was damaged later; take it from a backup", outcome.Out, StringComparison.Ordinal);
        Assert.Equal(1, Kedge("audit parity lane").Code);
    }

    [Fact]
    public void A_recorded_number_that_is_another_is_the_first_difference_with_both_sides()
    {
        byte[] bytes = File.ReadAllBytes(File1);
        string[] hashes = ChangeOneStateHash(bytes);
        File.WriteAllBytes(File1, bytes);
        Outcome outcome = Kedge("audit replay lane");
        Assert.Equal(1, outcome.Code);
        Assert.Contains($"recorded: {hashes[1]}", outcome.Out, StringComparison.Ordinal);
        Assert.Contains($"replayed: {hashes[0]}", outcome.Out, StringComparison.Ordinal);
        Assert.Contains("a number of the account differs", outcome.Out, StringComparison.Ordinal);
        Assert.Contains("1 of 1 segment differs", outcome.Out, StringComparison.Ordinal);
        using JsonDocument json = JsonDocument.Parse(Kedge("audit replay lane --json").Out);
        Assert.Equal(
            "account_hash",
            json.RootElement.GetProperty("segments")[0].GetProperty("difference").GetProperty("what").GetString()
        );
    }

    [Theory]
    [InlineData("audit replay nowhere", 4, "no journal there")]
    [InlineData("audit replay good.yaml", 4, "no journal there")]
    [InlineData("audit replay", 2, "session")]
    [InlineData("audit replay lane --strategy-set a.b=1", 2, "need --strategy")]
    [InlineData(Run + " --journal lane/journal", 2, "holds a journal already")]
    [InlineData(Run + " --journal other --set backtest.intrabar_exits=true", 2, "not the inside of bars")]
    public void What_cannot_be_done_says_why(string line, int code, string text)
    {
        Outcome outcome = Kedge(line);
        Assert.True(outcome.Code == code, outcome.ToString());
        Assert.Contains(text, outcome.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(8)]
    [InlineData(30)]
    public void A_file_whose_beginning_is_damaged_cannot_be_read(int at)
    {
        byte[] bytes = File.ReadAllBytes(File1);
        bytes[at] ^= 0x10;
        File.WriteAllBytes(File1, bytes);
        Outcome outcome = Kedge("audit replay lane");
        Assert.True(outcome.Code == 4, outcome.ToString());
        Assert.Single(outcome.ErrorLines);
    }

    [Fact]
    public void A_session_of_a_strategy_is_replayed_with_it_and_asks_for_it_by_name()
    {
        Assert.Equal(0, Kedge($"{Run} --strategy moving_average_cross --journal cross").Code);
        Outcome without = Kedge("audit replay cross");
        Assert.Equal(2, without.Code);
        Assert.Contains("name them with the --strategy", without.Error, StringComparison.Ordinal);
        Assert.Contains("moving_average_cross", without.Error, StringComparison.Ordinal);
        Assert.Equal(0, Kedge("audit replay cross --strategy moving_average_cross").Code);
        Outcome other = Kedge("audit replay cross --strategy moving_average_cross --strategy-set moving_average_cross.fast=3");
        Assert.True(other.Code == 1, other.ToString());
        Assert.Contains("told the same, this program does something else", other.Out, StringComparison.Ordinal);
    }

    private Outcome Kedge(string line) => KedgeProgram.Run(_folder.Path, BadInput.Split(line));

    /// <summary>The format by its page: 12 bytes, then records of length, CRC-32C and body; an outcome is of kind 5 and begins with the state hash.</summary>
    private static string[] ChangeOneStateHash(byte[] bytes)
    {
        Span<byte> all = bytes;
        int outcomes = 0;
        long record = 0;
        for (int at = 12; at < bytes.Length; record++)
        {
            int length = BinaryPrimitives.ReadInt32LittleEndian(all[at..]);
            Span<byte> body = all.Slice(at + 8, length);
            if (body[0] == 5 && ++outcomes == 300)
            {
                ulong hash = BinaryPrimitives.ReadUInt64LittleEndian(body[1..]);
                BinaryPrimitives.WriteUInt64LittleEndian(body[1..], hash ^ 1);
                BinaryPrimitives.WriteUInt32LittleEndian(all[(at + 4)..], Checksum(1, record, body));
                return [$"{hash:x16}", $"{hash ^ 1:x16}"];
            }

            at += 8 + length;
        }

        throw new InvalidOperationException("too few outcomes");
    }

    private static uint Checksum(long segment, long record, ReadOnlySpan<byte> body)
    {
        byte[] place = new byte[20];
        BinaryPrimitives.WriteInt64LittleEndian(place, segment);
        BinaryPrimitives.WriteInt64LittleEndian(place.AsSpan(8), record);
        BinaryPrimitives.WriteInt32LittleEndian(place.AsSpan(16), body.Length);
        uint crc = uint.MaxValue;
        foreach (byte one in (byte[])[.. place, .. body])
        {
            crc = BitOperations.Crc32C(crc, one);
        }

        return ~crc;
    }
}
