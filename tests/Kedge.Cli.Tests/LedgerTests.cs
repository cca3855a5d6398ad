using System.Text.Json;
using Kedge.Data.Ledger;
using Kedge.Kernel;
using Kedge.Model.Ledger;
using Kedge.Model.Orders;
using Microsoft.Data.Sqlite;

namespace Kedge.Cli.Tests;

/// <summary>The ledger as an operator reads it.</summary>
public sealed class LedgerTests : IDisposable
{
    private const long At = 1_700_000_000_000;
    private const string Account = "0xabc";
    private readonly TempFolder _folder = new();
    private readonly string _id = IntentIds.Make("main", "BTC", OrderAction.Open, At, 1);

    public LedgerTests()
    {
        using SqliteLedger ledger = SqliteLedger.Open(
            new SqliteLedgerOptions(Path.Combine(_folder.Path, "trading_engine.db"), "main", Account),
            At
        );
        ClientOrderId id = ClientOrderIds.Make(ClientOrderPrefix.Engine, "main", "BTC", OrderAction.Open, At, 1);
        Assert.True(
            ledger
                .Commit(
                    new LedgerBatch(
                        1,
                        [
                            new LedgerRow.IntentCreated(
                                _id,
                                "main",
                                At,
                                "BTC",
                                OrderAction.Open,
                                true,
                                0.25m,
                                10_000m,
                                40_400m,
                                100,
                                3,
                                At,
                                "mei_alpha",
                                "1",
                                "cafe",
                                "signal",
                                "high",
                                null,
                                id,
                                1,
                                IntentOwner.Engine,
                                false,
                                TimeInForce.Ioc,
                                At + 15_000,
                                "{}"
                            ),
                            new LedgerRow.IntentChanged(_id, IntentStatus.Submitting, At),
                            new LedgerRow.IntentChanged(_id, IntentStatus.Sent, At + 1, SentMs: At + 1, VenueOrderId: 77),
                            new LedgerRow.FillBooked(
                                new FillKey(Account, 5, 77, 0),
                                At + 2,
                                "BTC",
                                _id,
                                null,
                                id,
                                OrderAction.Open,
                                true,
                                Side.Long,
                                40_000.1m,
                                0.25m,
                                10_000.025m,
                                4.5m,
                                "USDC",
                                null,
                                0m,
                                "",
                                "client_order_id",
                                10_000m,
                                100,
                                3,
                                null,
                                "mei_alpha",
                                "signal",
                                "high",
                                "",
                                ""
                            ),
                        ]
                    )
                )
                .IsOk
        );
    }

    [Fact]
    public void A_ledger_that_agrees_with_its_history_says_so()
    {
        Outcome outcome = KedgeProgram.Run(_folder.Path, "ledger", "check", "trading_engine.db");
        Assert.Equal((0, "the ledger agrees with its history\n"), (outcome.Code, outcome.Out));
    }

    [Fact]
    public void A_ledger_that_was_changed_by_hand_ends_with_1()
    {
        using (SqliteConnection connection = new($"Data Source={Path.Combine(_folder.Path, "trading_engine.db")};Pooling=False"))
        {
            connection.Open();
            using SqliteCommand command = connection.CreateCommand();
            command.CommandText = "UPDATE ledger_positions SET size = '0.5'";
            command.ExecuteNonQuery();
        }

        Outcome outcome = KedgeProgram.Run(_folder.Path, "ledger", "check", "trading_engine.db");
        Assert.Equal(1, outcome.Code);
        Assert.Contains("position BTC: 0.5, its fills and adjustments say 0.25", outcome.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void Intents_and_fills_come_with_exact_amounts()
    {
        JsonElement intent = Json("ledger", "intents", "trading_engine.db", "--open", "--json")[0];
        Assert.Equal(
            (_id, "SENT", "0.25"),
            (
                intent.GetProperty("intent_id").GetString(),
                intent.GetProperty("status").GetString(),
                intent.GetProperty("filled_size").GetString()
            )
        );
        JsonElement fill = Json("ledger", "fills", "trading_engine.db", "--json")[0];
        Assert.Equal(("40000.1", _id), (fill.GetProperty("price").GetString(), fill.GetProperty("intent_id").GetString()));
        Assert.Equal(0, Json("ledger", "fills", "trading_engine.db", "--symbol", "ETH", "--json").GetArrayLength());
    }

    [Fact]
    public void The_history_of_an_intent_is_a_line_for_each_change()
    {
        Outcome outcome = KedgeProgram.Run(_folder.Path, "ledger", "history", "trading_engine.db", _id);
        string[] lines = outcome.Out.TrimEnd().Split('\n');
        Assert.Equal(4, lines.Length);
        Assert.StartsWith("2023-11-14 22:13:20.001  SUBMITTING", lines[3], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, "has no intent 'none'", "ledger", "history", "trading_engine.db", "none")]
    [InlineData(2, "--limit must be 1 or more", "ledger", "fills", "trading_engine.db", "--limit", "0")]
    [InlineData(4, "no such file; name the database a lane trades into", "ledger", "intents", "missing.db")]
    public void What_cannot_be_shown_is_told(int code, string text, params string[] arguments)
    {
        Outcome outcome = KedgeProgram.Run(_folder.Path, arguments);
        Assert.Equal(code, outcome.Code);
        Assert.Contains(text, outcome.Error, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private JsonElement Json(params string[] arguments)
    {
        Outcome outcome = KedgeProgram.Run(_folder.Path, arguments);
        Assert.True(outcome.Code == 0, outcome.ToString());
        using JsonDocument document = JsonDocument.Parse(outcome.Out);
        return document.RootElement.Clone();
    }
}
