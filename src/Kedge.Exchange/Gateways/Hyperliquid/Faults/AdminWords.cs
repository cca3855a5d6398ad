using Kedge.Exchange.Core;

namespace Kedge.Exchange.Gateways.Hyperliquid.Faults;

/// <summary>What an administrator's requests mean.</summary>
internal static class AdminWords
{
    private const long TimeMsMax = 1L << 52;

    /// <summary>A fault that is asked for; null with the reason in the body.</summary>
    public static FaultShot? Shot(AdminBody body)
    {
        string word = body.Text("kind") ?? "";
        if (!FaultWords.TryParse(word, out FaultKind kind))
        {
            body.Refuse($"kind must be one of {string.Join(", ", FaultWords.Kinds.Select(FaultWords.Word))}");
        }

        FaultShot shot = new(
            kind,
            body.Has("count") ? (int)body.Integer("count", 1, FaultShot.CountMax) : 1,
            body.Has("match") ? body.Text("match") : null,
            body.Has("for_ms") ? body.Integer("for_ms", 0, DurationRange.MaxMs) : null
        );
        body.RefuseUnused();
        if (shot.Check() is string wrong)
        {
            body.Refuse(wrong);
        }

        return body.Problem is null ? shot : null;
    }

    /// <summary>Something the operator does; null with the reason in the body.</summary>
    public static VenueOperation? Operation(AdminBody body)
    {
        VenueOperation? operation = body.Text("operation") switch
        {
            "open_account" => new VenueOperation.OpenAccount(
                body.Account("account"),
                body.Has("agent") ? body.Account("agent") : null,
                body.Usd("usd")
            ),
            "fill_then_cancel" => new VenueOperation.FillThenCancel(
                body.Account("account"),
                body.Integer("order_id", 1, long.MaxValue),
                Lots(body)
            ),
            "liquidate" => new VenueOperation.Liquidate(body.Account("account")),
            "deleverage" => new VenueOperation.Deleverage(body.Account("account"), Symbol(body), Lots(body)),
            "delist" => new VenueOperation.Delist(Symbol(body)),
            "change_lot_size" => new VenueOperation.ChangeLotSize(Symbol(body), (int)body.Integer("size_decimals", 0, 6)),
            "step_clock" => new VenueOperation.StepClock(body.Integer("by_ms", -DurationRange.MaxMs, DurationRange.MaxMs)),
            "revise_candle" => new VenueOperation.ReviseCandle(
                Symbol(body),
                body.Integer("open_ms", 0, TimeMsMax),
                body.Integer("close", 1, Bounds.SymbolNotionalMax)
            ),
            _ => null,
        };
        if (operation is null)
        {
            body.Refuse(
                "operation must be one of open_account, fill_then_cancel, liquidate, deleverage, delist, change_lot_size, step_clock, "
                    + "revise_candle"
            );
        }

        body.RefuseUnused();
        return body.Problem is null ? operation : null;
    }

    private static int Symbol(AdminBody body) => (int)body.Integer("symbol", 0, Bounds.SymbolsMax - 1);

    private static long Lots(AdminBody body) => body.Has("lots") ? body.Integer("lots", 0, Bounds.SymbolNotionalMax) : 0;
}
