using Kedge.Kernel;
using Kedge.Kernel.MeiAlpha;
using Kedge.Kernel.MeiAlpha.Exits;
using Kedge.Kernel.Perps;

namespace Kedge.KernelCompiler.Tests.Twin.Probes;

/// <summary>One question to every decision of the kernel, with room for all answers. No decision sees another's answer.</summary>
internal unsafe struct DecisionProbe
{
    public Parameters Parameters;
    public Snapshot View;
    public MarketContext Market;
    public SymbolState State;
    public PriceRange Range;
    public InstrumentTerms Terms;
    public double Equity;
    public double Price;
    public double Headroom;
    public long NowMs;

    public GateRecord Gates;
    public Signal Raw;
    public Signal Final;
    public ExitDecision Chain;
    public ExitDecision Smart;
    public ExitDecision Intrabar;
    public Position Moved;
    public EntrySize Size;
    public EntrySize Fitted;
    public EntrySize Added;
    public KernelOrder Order;
    public double Elapsed;
    public double Cooldown;
    public double MarginBefore;
    public double Funding;
    public double Rounded;
    public double Raised;
    public double PriceUp;
    public double PriceDown;
    public double MaxLeverage;
    public double Maintenance;
    public double Score;
    public double LossAtr;
    public double HeadwindThreshold;
    public double HoursHeld;
    public double StopLevel;
    public double TrailingDistance;
    public StopCode FinalStop;
    public StopCode FilterStop;
    public StopCode AddStop;
    public TakeProfitOutcome TakeProfit;
    public bool CoolingDown;
    public bool StopMoved;
    public bool RegimeOpen;
    public bool Meets;
    public bool Headwind;
    public bool Glitch;

    /// <summary>Asks.</summary>
    public static void Run(DecisionProbe* probes, long index)
    {
        DecisionProbe* a = probes + index;
        NoTrace trace = default;
        Enter(a, ref trace);
        Leave(a, ref trace);
        Venue(a);
    }

    private static void Enter(DecisionProbe* a, ref NoTrace trace)
    {
        ref Parameters p = ref a->Parameters;
        Kedge.Kernel.MeiAlpha.Gates.Evaluate(0, a->View, p, a->Market.BtcTrend, ref trace, out a->Gates);
        SignalEngine.Evaluate(0, a->View, p, a->Market, ref trace, out a->Raw);
        a->Final = a->Raw;
        a->FinalStop = SignalRules.Apply(0, p, a->Market, ref a->Final, ref trace);
        a->RegimeOpen = SignalRules.RegimeGateOpen(0, p, a->Market, ref trace);
        // The filters are asked about a signal of their own, or they would mostly see none.
        a->FilterStop = EntryFilters.Evaluate(0, a->State.Signal, a->View, p, a->State, a->NowMs, ref trace);
        EntryFilters.InPostExitCooldown(
            a->State.LastExitSide,
            a->View.Adx,
            p,
            a->State,
            a->NowMs,
            out a->Elapsed,
            out a->Cooldown
        );
        Sizing.Entry(0, a->Equity, a->Price, a->View.Atr, a->View.Adx, a->State.Signal.Confidence, p, ref trace, out a->Size);
        a->Fitted = a->Size;
        Sizing.FitHeadroom(ref a->Fitted, a->Headroom);
        a->Meets = Sizing.MeetsMinimum(
            ref a->Fitted,
            a->Price,
            p.Trade.MinNotionalUsd,
            p.Trade.BumpToMinNotional,
            out a->MarginBefore
        );
        a->AddStop = Pyramiding.Evaluate(0, a->State.Position, a->State.Signal, a->Price, a->NowMs, p, ref trace);
        a->Added = Pyramiding.Size(a->Equity, a->Price, a->State.Position.Leverage, p);
        a->Score = Ranking.Score(a->State.Signal.Confidence, a->View.Adx);
    }

    private static void Leave(DecisionProbe* a, ref NoTrace trace)
    {
        ref Parameters p = ref a->Parameters;
        ref Position position = ref a->State.Position;
        a->CoolingDown = Kernel.MeiAlpha.Cooldown.Runs(a->State.HasExited, a->State.LastExitMs, a->NowMs, p.Trade.ExitCooldownS);
        a->Smart = SmartExits.Evaluate(0, position, a->Price, a->NowMs, a->View, p, ref trace);
        a->Headwind = FundingHeadwind.Evaluate(
            position,
            a->Price,
            a->NowMs,
            a->View,
            out a->LossAtr,
            out a->HeadwindThreshold,
            out a->HoursHeld
        );
        a->Intrabar = IntrabarExits.Evaluate(position, a->Range, a->CoolingDown, p);
        a->Glitch = GlitchGuard.IsGlitch(a->Price, a->View, p);
        a->TakeProfit = Kernel.MeiAlpha.Exits.TakeProfit.Evaluate(position, a->Price, p);
        a->StopLevel = StopLoss.Level(position, a->Price, a->View, p);
        a->TrailingDistance = TrailingStop.Distance(position, position.ProfitAtr(a->Price), a->View, p);
        a->Funding = Kernel.Perps.Funding.Payment(position, a->Price, a->View.FundingRate);
        a->Moved = position;
        a->Chain = ExitChain.Evaluate(
            0,
            ref a->Moved,
            a->Range,
            a->NowMs,
            a->CoolingDown,
            a->View,
            p,
            ref trace,
            out a->StopMoved
        );
    }

    private static void Venue(DecisionProbe* a)
    {
        a->Rounded = a->Terms.RoundSize(a->Size.Size);
        a->Raised = a->Terms.RaiseSize(a->Size.Size);
        a->PriceUp = a->Terms.RoundPrice(a->Price, true);
        a->PriceDown = a->Terms.RoundPrice(a->Price, false);
        a->MaxLeverage = a->Terms.MaxLeverage(a->Size.Notional);
        a->Maintenance = a->Terms.Maintenance(a->Size.Notional);
        a->Order.Action = OrderAction.Open;
        a->Order.Side = a->State.Signal.Side;
        a->Order.Price = a->Price;
        a->Order.Size = a->Size.Size;
        a->Order.Leverage = a->Size.Leverage;
        Kernel.Phases.Orders.Price(ref a->Order, a->Parameters, a->Terms);
    }
}
