using Kedge.Kernel.MeiAlpha;
using Kedge.Kernel.MeiAlpha.Exits;
using Kedge.Kernel.Perps;
using Kedge.Kernel.Phases;

namespace Kedge.Kernel.Tests.Phases;

/// <summary>The stop that rests inside the next bar after an order of this tick.</summary>
public sealed unsafe class RestingStopTests
{
    [Fact]
    public void An_add_does_not_loosen_a_stop_that_profit_has_raised()
    {
        Parameters settings = default;
        settings.IntrabarExits = true;
        settings.Trade.SlAtrMult = 2.0;
        settings.Trade.EnableBreakevenStop = true;
        settings.Trade.BreakevenStartAtr = 1.0;
        settings.Trade.BreakevenBufferAtr = 0.1;
        SymbolState state = default;
        state.Position.Side = Side.Long;
        state.Position.Size = 20.0;
        state.Position.EntryPrice = 100.0;
        state.Position.EntryAtr = 2.0;
        state.Signal.Side = Side.Long;
        state.SignalPrice = 104.0;

        // At 104 the profit is 2 ATR: the exits of this tick have left the stop at the entry plus 0.1 ATR.
        IntrabarExits.Rest(ref state.Position, 100.2);
        Snapshot seen = new() { IsKnown = true, Atr = 2.0 };
        Account account = new(10_000) { OpenPositions = 1 };
        InstrumentTerms terms = default;
        KernelOrder last = default;
        OneSymbolWorld world = new()
        {
            Memory = &state,
            Settings = &settings,
            Terms = &terms,
            Seen = &seen,
            LastOrder = &last,
            Answer = OrderOutcome.Filled(0.0),
        };
        EntrySize size = new()
        {
            Size = 20.0,
            Leverage = 2.0,
            Margin = 1040.0,
        };
        KernelOrder add = new() { Action = OrderAction.Add, Reason = ReasonCode.Pyramid };
        NoTrace trace = default;
        Assert.Equal(StopCode.None, EntrySizing.Send(&account, new Tick(1, 1), 0, size, ref add, ref world, ref trace));

        // The average entry is 102, and 104 is still 1 ATR in profit.
        Assert.Equal(102.0, state.Position.EntryPrice);
        Assert.Equal(102.2, state.Position.RestingStop, 1e-12);
    }
}
