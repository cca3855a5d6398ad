using Kedge.Kernel;
using Kedge.Kernel.Fused;
using Kedge.Kernel.Perps;
using Kedge.Model;
using Kedge.Research.Reports;
using Kedge.Research.Search.Columns;
using Kedge.Research.Search.Results;
using Kedge.Research.Search.Space;

namespace Kedge.Research.Search.Executors;

/// <summary>Adds up a walk while it goes on: the sums of a report in the order in which a report takes them, without keeping what was booked.</summary>
internal sealed class RunTally
{
    private static readonly string[] Confidences = ["low", "medium", "high"];
    private static readonly string[] Sides = ["LONG", "SHORT"];
    private static readonly string[] Categories;
    private static readonly int[] CategoryOf;

    private readonly MarketData _data;
    private readonly CurveTally _market;
    private readonly CurveTally _realised;
    private TradeGroup _all = new("all");
    private TradeGroup[] _byConfidence = [];
    private TradeGroup[] _byCategory = [];
    private TradeGroup[] _byCode = [];
    private TradeGroup[] _bySymbol = [];
    private TradeGroup[] _bySide = [];
    private double _fees;
    private double _funding;
    private double _volume;
    private int _fills;

    static RunTally()
    {
        ReasonCode[] reasons = Enum.GetValues<ReasonCode>();
        Categories = [.. new SortedSet<string>(reasons.Select(ReasonText.Category), StringComparer.Ordinal)];
        CategoryOf = new int[reasons.Max(r => (int)r) + 1];
        foreach (ReasonCode reason in reasons)
        {
            CategoryOf[(int)reason] = Array.IndexOf(Categories, ReasonText.Category(reason));
        }
    }

    public RunTally(MarketData data)
    {
        _data = data;
        _market = new CurveTally(data.Days);
        _realised = new CurveTally(data.Days);
    }

    public void Begin(double balance)
    {
        _market.Begin(balance);
        _realised.Begin(balance);
        _all = new TradeGroup("all");
        _byConfidence = Groups(Confidences);
        _byCategory = Groups(Categories);
        _byCode = Groups(ReasonName.All);
        _bySymbol = Groups(_data.Input.Main.Symbols);
        _bySide = Groups(Sides);
        _fees = 0.0;
        _funding = 0.0;
        _volume = 0.0;
        _fills = 0;
    }

    /// <summary>Takes a booking.</summary>
    public void Book(in Booking booking)
    {
        _fees += booking.Fee;
        if (booking.Action == OrderAction.Funding)
        {
            _funding += booking.Pnl;
            return;
        }

        _fills++;
        _volume += booking.Notional;
        if (booking.Action is OrderAction.Close or OrderAction.Reduce)
        {
            double net = booking.Pnl - booking.Fee - booking.EntryFees;
            _all.Add(net, booking.Pnl);
            _byConfidence[(int)booking.Confidence].Add(net, booking.Pnl);
            _byCategory[CategoryOf[(int)booking.Reason]].Add(net, booking.Pnl);
            _byCode[ReasonName.Index(booking.Reason)].Add(net, booking.Pnl);
            _bySymbol[booking.Symbol].Add(net, booking.Pnl);
            _bySide[booking.Side == Side.Short ? 1 : 0].Add(net, booking.Pnl);
        }
    }

    /// <summary>Takes the account after a tick.</summary>
    public void Point(int day, double equity, double balance)
    {
        _market.Add(day, equity);
        if (balance != _realised.Last)
        {
            _realised.Add(day, balance);
        }
    }

    /// <summary>Takes both curves as a run over columns in memory has kept them, in place of <see cref="Point"/>.</summary>
    /// <param name="equity">Equity.</param>
    /// <param name="dailyEquity">Its daily values.</param>
    /// <param name="balance">Balance.</param>
    /// <param name="dailyBalance">Its daily values.</param>
    public unsafe void Curves(in FusedCurve equity, double* dailyEquity, in FusedCurve balance, double* dailyBalance)
    {
        _market.Take(equity, dailyEquity);
        _realised.Take(balance, dailyBalance);
    }

    /// <summary>The row of the walk.</summary>
    public SweepRow Finish(SweepTrial trial, double initialBalance, in Account account, in GateFunnel funnel)
    {
        long spanMs = _data.Ticks.Length == 0 ? 0 : _data.Ticks[^1] - _data.Ticks[0];
        return new SweepRow
        {
            Trial = trial,
            InitialBalance = initialBalance,
            FinalBalance = account.Balance,
            Market = _market.Finish(spanMs),
            Realised = _realised.Finish(spanMs) with { Final = account.Balance },
            All = _all,
            ByConfidence = Traded(_byConfidence),
            ByExitReason = Traded(_byCategory),
            ByReasonCode = Traded(_byCode),
            BySymbol = Traded(_bySymbol),
            BySide = Traded(_bySide),
            Fees = _fees,
            Funding = _funding,
            Volume = _volume,
            Fills = _fills,
            Funnel = funnel,
            StateHash = account.Hash,
        };
    }

    private static TradeGroup[] Groups(IReadOnlyList<string> names)
    {
        TradeGroup[] groups = new TradeGroup[names.Count];
        for (int i = 0; i < groups.Length; i++)
        {
            groups[i] = new TradeGroup(names[i]);
        }

        return groups;
    }

    private static TradeGroup[] Traded(TradeGroup[] groups) => Array.FindAll(groups, g => g.Trades > 0);
}
