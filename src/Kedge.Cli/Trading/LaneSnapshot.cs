using Kedge.Kernel;
using Kedge.Kernel.Perps;
using Kedge.Kernel.Phases;
using Kedge.Model.Machines;
using Kedge.Trading.Engine;
using Kedge.Trading.Safety;

namespace Kedge.Cli.Trading;

/// <summary>How an engine stood at a moment. Taken on its thread, read on any.</summary>
internal sealed record LaneSnapshot
{
    public required long TimeMs { get; init; }

    public required double Balance { get; init; }

    public required double Equity { get; init; }

    public required double Exposure { get; init; }

    public required double Fees { get; init; }

    public required double Funding { get; init; }

    public required long LastTickMs { get; init; }

    public required int Unresolved { get; init; }

    public required double DailyLossPct { get; init; }

    public required double DrawdownPct { get; init; }

    public required KillMode Kill { get; init; }

    public required IReadOnlyList<KillLatch> Latches { get; init; }

    public required IReadOnlyList<LanePosition> Positions { get; init; }

    /// <summary>Symbols with a position or an order on its way, the lane's or somebody else's.</summary>
    public required IReadOnlyList<string> Held { get; init; }

    public required long Ticks { get; init; }

    public required long Refused { get; init; }

    public required long MissedTicks { get; init; }

    public required long LateBars { get; init; }

    public required long StalePrices { get; init; }

    /// <summary>Looks at an engine, on its thread.</summary>
    public static LaneSnapshot Of(TradingEngine engine, in Now now)
    {
        Account account = engine.Account;
        Totals totals = engine.Totals();
        List<LanePosition> positions = [];
        List<string> held = [];
        for (int i = 0; i < engine.Rules.Symbols.Count; i++)
        {
            SymbolState state = engine.StateOf(i);
            decimal foreign = engine.ForeignOf(i);
            if (state.Position.IsOpen)
            {
                positions.Add(
                    new LanePosition(
                        engine.Rules.Symbols[i],
                        state.Position.Side == Side.Long ? "long" : "short",
                        state.Position.Size,
                        state.Position.EntryPrice,
                        state.Mark,
                        state.Position.OpenedAtMs,
                        engine.Settings.Strategies?.IdentityOf(engine.Rules.Symbols[i]).Name ?? "mei_alpha",
                        foreign
                    )
                );
            }

            if (state.Position.IsOpen || state.Working.IsWorking || foreign != 0m || engine.OwnOf(i) != 0m)
            {
                held.Add(engine.Rules.Symbols[i]);
            }
        }

        return new LaneSnapshot
        {
            TimeMs = now.WallMs,
            Balance = account.Balance,
            Equity = totals.Equity,
            Exposure = totals.Equity > 0.0 ? totals.Notional / totals.Equity : 0.0,
            Fees = account.Fees,
            Funding = account.Funding,
            LastTickMs = engine.LastTickMs,
            Unresolved = engine.Unresolved,
            DailyLossPct = engine.Risk?.DailyLossPct ?? 0.0,
            DrawdownPct = engine.Risk?.DrawdownPct ?? 0.0,
            Kill = engine.Risk?.Latches.Mode ?? KillMode.Off,
            Latches = [.. engine.Risk?.Latches.Active ?? []],
            Positions = positions,
            Held = held,
            Ticks = engine.Counters.Ticks,
            Refused = engine.Counters.Refused,
            MissedTicks = engine.Counters.MissedTicks,
            LateBars = engine.Counters.LateBars,
            StalePrices = engine.Counters.StalePrices,
        };
    }
}
