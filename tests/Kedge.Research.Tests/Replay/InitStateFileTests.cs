using Kedge.Model;
using Kedge.Research.Replay;

namespace Kedge.Research.Tests.Replay;

/// <summary>An init-state is taken as it is meant, or refused with its file and field.</summary>
public class InitStateFileTests
{
    [Fact]
    public void ACompleteFileIsTaken()
    {
        InitState state = Load("\"trailing_sl\": 95.5, \"margin_used\": 50.0, \"entry_atr\": 2.0");
        InitPosition position = Assert.Single(state.Positions);
        Assert.Equal(95.5, position.TrailingStop);
        Assert.Equal(1_700_000_000_000, state.LastEntryMs["BTC"]);
    }

    [Fact]
    public void NullIsNoStop() =>
        Assert.Null(Load("\"trailing_sl\": null, \"margin_used\": 0, \"entry_atr\": 0").Positions[0].TrailingStop);

    // A stop of 0 closes a short at once; margin below 0 would be free cash out of nothing.
    [Theory]
    [InlineData("\"trailing_sl\": 0, \"margin_used\": 50.0, \"entry_atr\": 2.0", "trailing_sl")]
    [InlineData("\"trailing_sl\": null, \"margin_used\": -50.0, \"entry_atr\": 2.0", "margin_used")]
    [InlineData("\"trailing_sl\": null, \"margin_used\": 50.0, \"entry_atr\": -2.0", "entry_atr")]
    [InlineData("\"trailing_sl\": \"95\", \"margin_used\": 50.0, \"entry_atr\": 2.0", "trailing_sl")]
    public void WhatCannotBeMeantIsRefused(string fields, string named)
    {
        KedgeException refused = Assert.Throws<KedgeException>(() => Load(fields));
        Assert.Contains("positions[0]." + named, refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"1\"", "1700000000000", "version")]
    [InlineData("1", "\"yesterday\"", "BTC")]
    public void TextInPlaceOfANumberIsRefused(string version, string entry, string named)
    {
        KedgeException refused = Assert.Throws<KedgeException>(() =>
            Load("\"trailing_sl\": null, \"margin_used\": 50.0, \"entry_atr\": 2.0", version, entry)
        );
        Assert.Contains(named, refused.Message, StringComparison.Ordinal);
    }

    private static InitState Load(string fields, string version = "1", string entry = "1700000000000")
    {
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(
                path,
                $$"""
                {
                  "version": {{version}}, "source": "paper", "exported_at_ms": 0, "balance": 1000.0,
                  "positions": [ { "symbol": "BTC", "side": "short", "size": 1.0, "entry_price": 100.0,
                    "confidence": "medium", "leverage": 2.0, {{fields}} } ],
                  "runtime": { "entry_attempt_ms_by_symbol": { "BTC": {{entry}} } }
                }
                """
            );
            return InitStateFile.Load(path, ["BTC"], []);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
