using Kedge.Kernel;
using Kedge.Model.Ledger;
using Kedge.Model.Orders;

namespace Kedge.Data.Tests.Ledger;

public sealed class IdTests
{
    // Python: hashlib.sha256(b"".join(struct.pack(">I", len(p)) + p for p in parts)).hexdigest()
    [Theory]
    [InlineData("main", "BTC", OrderAction.Open, 1_700_000_000_000, 1, "59050913d3f950cf1a3c6182e8750f19")]
    [InlineData("main", "BTC", OrderAction.Open, 1_700_000_000_000, 2, "5ef30fc05dbed1b09c299ea1fb1d09d5")]
    [InlineData("läne", "kPEPE", OrderAction.Close, 1_704_067_200_000, 4_294_967_296, "c0ec1b429581efd101e8f256e17fc4ed")]
    public void Ids_are_the_hash_of_lane_symbol_action_candle_and_sequence(
        string lane,
        string symbol,
        OrderAction action,
        long candle,
        long sequence,
        string hash
    )
    {
        Assert.Equal(hash, IntentIds.Make(lane, symbol, action, candle, sequence));
        Assert.Equal(
            $"0x6169715f{hash[..24]}",
            ClientOrderIds.Make(ClientOrderPrefix.Engine, lane, symbol, action, candle, sequence).ToString()
        );
    }

    [Fact]
    public void What_runs_together_as_text_has_another_id()
    {
        HashSet<string> ids =
        [
            IntentIds.Make("a", "bBTC", OrderAction.Open, 1, 23),
            IntentIds.Make("ab", "BTC", OrderAction.Open, 1, 23),
            IntentIds.Make("ab", "BTC", OrderAction.Open, 12, 3),
            IntentIds.Make("ab", "BTC", OrderAction.Add, 1, 23),
        ];
        Assert.Equal(4, ids.Count);
    }

    [Fact]
    public void Ours_are_known_by_their_prefix()
    {
        ClientOrderId ours = ClientOrderIds.Make(ClientOrderPrefix.Engine, "main", "BTC", OrderAction.Open, 1, 1);
        Assert.True(ClientOrderPrefix.Engine.Owns(ours));
        Assert.False(ClientOrderPrefix.Operator.Owns(ours));
        Assert.False(ClientOrderPrefix.Engine.Owns(default));
    }

    [Theory]
    [InlineData("aiq_", "0x6169715f")]
    [InlineData("0x6169715F", "0x6169715f")]
    [InlineData("0x00000001", "0x00000001")]
    public void A_prefix_is_four_characters_or_eight_hex_digits(string text, string read)
    {
        Assert.True(ClientOrderPrefix.TryParse(text, out ClientOrderPrefix prefix));
        Assert.Equal(read, prefix.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("aiq")]
    [InlineData("aiq__")]
    [InlineData("aäq_")]
    [InlineData("0x00000000")]
    [InlineData("0x6169715g")]
    public void Any_other_prefix_is_refused(string text) => Assert.False(ClientOrderPrefix.TryParse(text, out _));

    [Fact]
    public void A_dedupe_key_names_action_symbol_side_and_candle() =>
        Assert.Equal("OPEN:BTC:BUY:1700000000000", DedupeKeys.Make(OrderAction.Open, "BTC", true, 1_700_000_000_000));
}
