using Kedge.Kernel;
using Kedge.Model.Machines;
using Kedge.Trading.Risk;
using Kedge.Trading.Safety;

namespace Kedge.Trading.Tests.Risk;

/// <summary>A risk manager with a clock to turn, and everything it said.</summary>
internal sealed class RiskDesk : IRiskSink
{
    /// <summary>2026-03-02 12:00:00 UTC.</summary>
    public const long Noon = 1_772_452_800_000;

    public const long Day = 86_400_000;

    /// <summary>The midnight before <see cref="Noon"/>.</summary>
    public const long Midnight = Noon - (Day / 2);

    public static readonly string[] Symbols = ["BTC", "DOGE", "ETH", "SOL"];

    public RiskDesk(RiskSettings? settings = null, double equity = 10_000.0)
    {
        Manager = new RiskManager(settings ?? new RiskSettings(), Symbols);
        if (!double.IsNaN(equity))
        {
            Equity(equity);
        }
    }

    public RiskManager Manager { get; set; }

    public List<KillChange> Latched { get; } = [];

    public List<KillChange> Cleared { get; } = [];

    public List<RiskAlert> Alerts { get; } = [];

    public long MonotonicMs { get; set; } = 1_000_000;

    public long WallMs { get; set; } = Noon;

    public Now Now => new(MonotonicMs, WallMs);

    /// <summary>Equity that requests are held against.</summary>
    public double Known { get; set; } = 10_000.0;

    public List<RiskPosition> Positions { get; } = [];

    public KillMode Mode => Manager.Latches.Mode;

    void IRiskSink.Latched(KillChange change) => Latched.Add(change);

    void IRiskSink.Cleared(KillChange change) => Cleared.Add(change);

    void IRiskSink.Alert(in RiskAlert alert) => Alerts.Add(alert);

    /// <summary>Both clocks go on.</summary>
    public RiskDesk Pass(long ms)
    {
        MonotonicMs += ms;
        WallMs += ms;
        return this;
    }

    public void Equity(double equity)
    {
        Known = equity;
        Manager.OnEquity(equity, Now, this);
    }

    /// <summary>Time goes on to a moment of the wall clock, and equity is read there.</summary>
    public void EquityAt(long wallMs, double equity)
    {
        Pass(wallMs - WallMs);
        Equity(equity);
    }

    public void Tick() => Manager.OnTime(Positions.Count, Now, this);

    public static RiskRequest Entry(int symbol = 2, double size = 1, double price = 100, Side side = Side.Long) =>
        new()
        {
            Symbol = symbol,
            Action = RiskAction.Open,
            Side = side,
            Size = size,
            ExpectedPrice = price,
            Leverage = 3,
        };

    public static RiskRequest Exit(OrderUrgency urgency = OrderUrgency.Normal, bool byOperator = false) =>
        new()
        {
            Symbol = 2,
            Action = RiskAction.Close,
            Side = Side.Long,
            Size = 1,
            ExpectedPrice = 100,
            Urgency = urgency,
            ByOperator = byOperator,
        };

    public static RiskRequest Cancel(OrderUrgency urgency = OrderUrgency.Normal) =>
        new()
        {
            Symbol = 2,
            Action = RiskAction.Cancel,
            Urgency = urgency,
        };

    public RiskDecision Reserve(in RiskRequest request, out RiskReservation held)
    {
        RiskView view = RiskManager.View(request.Symbol, Known);
        foreach (RiskPosition position in Positions)
        {
            Manager.Count(ref view, in position);
        }

        return Manager.Reserve(in request, in view, Now, out held);
    }

    /// <summary>Sends an order; the code that refused it, or none.</summary>
    public RiskCode Send(in RiskRequest request)
    {
        RiskDecision decision = Reserve(in request, out RiskReservation held);
        if (decision.IsAllowed)
        {
            Manager.Commit(in held, Now);
        }

        return decision.Code;
    }

    /// <summary>Orders of a kind that go before the first refusal.</summary>
    public (int Sent, RiskCode Refused) SendUntilRefused(in RiskRequest request)
    {
        for (int n = 0; n < 10_000; n++)
        {
            RiskCode code = Send(in request);
            if (code != RiskCode.None)
            {
                return (n, code);
            }
        }

        return (10_000, RiskCode.None);
    }

    public byte[] Save()
    {
        System.Buffers.ArrayBufferWriter<byte> into = new();
        Manager.Save(Now, into);
        return into.WrittenSpan.ToArray();
    }

    /// <summary>The process ends and another one goes on with what was saved.</summary>
    public void Restart(RiskSettings? settings = null, string[]? symbols = null)
    {
        byte[] state = Save();
        Manager = new RiskManager(settings ?? Manager.Settings, symbols ?? Symbols);
        Manager.Restore(state, Now);
    }

    public void RoundTrip(double net, int symbol = 2) => Manager.OnCash(symbol, net, closes: true, Now, this);
}
