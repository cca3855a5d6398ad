using System.Globalization;
using Kedge.Kernel;
using Kedge.Kernel.Perps;
using Kedge.Model;
using Kedge.Model.Machines;
using Kedge.Trading.Engine;
using Kedge.Trading.Journal;

namespace Kedge.Research.Audit;

/// <summary>
/// One interval of a session against a replay that begins it with the session's own state and is told the same without prices between ticks. Whatever
/// differs was caused in this interval, so its cause can be named.
/// </summary>
internal sealed class IntervalParity(long segment, IReadOnlyList<string> symbols, TickReplay replay, bool isLive, bool atQuotes)
{
    /// <summary>Numbers as near as this are the same but for their last digits.</summary>
    private const double Near = 1e-9;

    private readonly HashSet<int> _priced = [];
    private readonly HashSet<int> _late = [];
    private readonly HashSet<int> _revised = [];

    private bool _hasDiffered;

    private bool IsVenues => isLive || atQuotes;

    /// <summary>Compares an interval.</summary>
    /// <param name="over">The interval.</param>
    /// <param name="next">What came after it, for bars that came late; null at the end.</param>
    public List<ParityDifference> Compare(ParityInterval over, ParityInterval? next)
    {
        if (_hasDiffered && over.State is null)
        {
            // What follows a difference is no difference of its own; the next interval has the session's state again.
            return [];
        }

        Replay(over, next);
        ReadEvidence(over, next);
        List<(ParityDifference Difference, bool IsOpen)> found = [];
        Match(over, found);
        if (!isLive)
        {
            MatchFunding(over, found);
        }

        if (found.Count == 0 && !IsVenues && over.TickMs != 0 && over.Hash != replay.Hash)
        {
            // Fills and payments are the same; what else is mixed into it are stops that are moved.
            ParityClass cause = _priced.Count > 0 ? ParityClass.ExitBetweenTicks : ParityClass.Logic;
            found.Add(
                (Make(over, -1, cause, "state hash: a stop was moved otherwise", $"{over.Hash:x16}", $"{replay.Hash:x16}"), false)
            );
        }

        // What has no cause of its own follows from what has one in the same interval: a free place, other cash.
        ParityClass? first = found.Where(f => !f.IsOpen).Select(f => (ParityClass?)f.Difference.Class).FirstOrDefault();
        _hasDiffered = found.Count > 0;
        return [.. found.Select(f => f.IsOpen && first is { } cause ? f.Difference with { Class = cause } : f.Difference)];
    }

    private void Replay(ParityInterval over, ParityInterval? next)
    {
        replay.GoOnFrom(over.State);
        _hasDiffered = false;
        foreach (JournalRecord record in over.Told)
        {
            if (record is JournalRecord.Event told && TickReplay.Hears(told.Told))
            {
                replay.Tell(told.Told, told.At);
            }
        }

        if (over.TickMs == 0)
        {
            return;
        }

        Now now = new(over.TickMs - over.OffsetMs, over.TickMs);
        foreach (EngineEvent.CandleClosed late in LateBars(over, next))
        {
            replay.Tell(late, now);
        }

        replay.Tick(over.TickMs, now);
    }

    private void ReadEvidence(ParityInterval over, ParityInterval? next)
    {
        _priced.Clear();
        _late.Clear();
        _revised.Clear();
        Dictionary<int, double> closes = [];
        foreach (JournalRecord record in over.Told)
        {
            switch (record)
            {
                case JournalRecord.Event { Told: EngineEvent.CandleClosed c }
                    when c.Bar.OpenTimeMs + c.Interval.Ms == over.TickMs:
                    closes[Rank(c.Symbol)] = c.Bar.Close;
                    break;
                case JournalRecord.Event { Told: EngineEvent.CandleRevised r }:
                    _revised.Add(Rank(r.Symbol));
                    break;
                case JournalRecord.Event { Told: EngineEvent.BarsLoaded l }:
                    _revised.Add(Rank(l.Symbol));
                    break;
            }
        }

        foreach (JournalRecord record in over.Told)
        {
            if (record is JournalRecord.Price { Tick: var price })
            {
                double at = replay.Prices.TryGetValue(price.Symbol, out double told)
                    ? told
                    : closes.GetValueOrDefault(price.Symbol);
                if (price.TimeMs != over.TickMs || price.Mid != at)
                {
                    _priced.Add(price.Symbol);
                }
            }
        }

        foreach (EngineEvent.CandleClosed late in LateBars(over, next))
        {
            _late.Add(Rank(late.Symbol));
        }
    }

    private static IEnumerable<EngineEvent.CandleClosed> LateBars(ParityInterval over, ParityInterval? next) =>
        over.TickMs == 0 || next is null
            ? []
            : next
                .Told.OfType<JournalRecord.Event>()
                .Select(e => e.Told)
                .OfType<EngineEvent.CandleClosed>()
                .Where(c => c.IsComplete && c.Bar.OpenTimeMs + c.Interval.Ms <= over.TickMs);

    private void Match(ParityInterval over, List<(ParityDifference, bool)> found)
    {
        List<ParityTrade> session = [.. over.Trades];
        foreach (ParityTrade replayed in replay.Trades)
        {
            int at = session.FindIndex(s => s.Symbol == replayed.Symbol && s.Action == replayed.Action);
            if (at < 0)
            {
                Missing(over, replayed, found);
                continue;
            }

            ParityTrade done = session[at];
            session.RemoveAt(at);
            if (!IsSame(done, replayed))
            {
                ParityClass? cause = Cause(done, replayed);
                found.Add(
                    (
                        Make(over, done.Symbol, cause ?? ParityClass.Logic, What(done, replayed), done.Text(), replayed.Text()),
                        cause is null
                    )
                );
            }
        }

        foreach (ParityTrade only in session)
        {
            ParityClass? cause =
                only.IsOperators ? ParityClass.Operator
                : only.IsBetween ? ParityClass.ExitBetweenTicks
                : Own(only.Symbol);
            found.Add(
                (
                    Make(over, only.Symbol, cause ?? ParityClass.Logic, "decided by the session alone", only.Text(), "nothing"),
                    cause is null
                )
            );
        }
    }

    private void Missing(ParityInterval over, ParityTrade replayed, List<(ParityDifference, bool)> found)
    {
        string? code = over
            .Refused.Where(r => r.Action == replayed.Action && Rank(r.Symbol) == replayed.Symbol)
            .Select(r => r.Code)
            .FirstOrDefault();
        bool wasLeft = over.Trades.Exists(t => t.IsBetween && t.Symbol == replayed.Symbol);
        ParityClass? cause =
            wasLeft ? ParityClass.ExitBetweenTicks
            : replayed.IsOperators ? ParityClass.Operator
            : Own(replayed.Symbol, isRefused: code is not null || over.HadLedgerFailure);
        string did =
            code is not null ? $"refused: {code}"
            : over.HadLedgerFailure ? "nothing; the ledger could not be written"
            : "nothing";
        found.Add(
            (
                Make(over, replayed.Symbol, cause ?? ParityClass.Logic, "decided by the replay alone", did, replayed.Text()),
                cause is null
            )
        );
    }

    private void MatchFunding(ParityInterval over, List<(ParityDifference, bool)> found)
    {
        List<(int Symbol, long HourMs, double Usd)> session = [.. over.Funding];
        foreach ((int symbol, long hour, double usd) in replay.Funding)
        {
            int at = session.FindIndex(s => s.Symbol == symbol && s.HourMs == hour);
            double? paid = at < 0 ? null : session[at].Usd;
            if (at >= 0)
            {
                session.RemoveAt(at);
            }

            if (paid != usd)
            {
                AddFunding(over, symbol, hour, paid, usd, found);
            }
        }

        foreach ((int symbol, long hour, double usd) in session)
        {
            AddFunding(over, symbol, hour, usd, null, found);
        }
    }

    private void AddFunding(
        ParityInterval over,
        int symbol,
        long hour,
        double? paid,
        double? usd,
        List<(ParityDifference, bool)> found
    )
    {
        ParityClass? cause = paid is { } a && usd is { } b && IsNear(a, b) ? ParityClass.Numeric : Own(symbol);
        string what = $"funding of {InputText.Time(hour * FundingMeter.BoundaryMs)}";
        found.Add((Make(over, symbol, cause ?? ParityClass.Logic, what, Usd(paid), Usd(usd)), cause is null));
    }

    private ParityClass? Cause(ParityTrade done, ParityTrade replayed)
    {
        if (done.IsOperators || replayed.IsOperators)
        {
            return ParityClass.Operator;
        }

        if (done.IsBetween)
        {
            return ParityClass.ExitBetweenTicks;
        }

        bool isSameDecision = done.IsBuy == replayed.IsBuy && IsNear(done.Wanted, replayed.Wanted);
        bool isSameOutcome =
            IsNear(done.Filled, replayed.Filled)
            && IsNear(done.Price, replayed.Price)
            && IsNear(done.Fee, replayed.Fee)
            && IsNear(done.Pnl, replayed.Pnl);
        return isSameDecision && isSameOutcome && done.Reason == replayed.Reason ? ParityClass.Numeric
            : isSameDecision && IsVenues ? ParityClass.VenueEffect
            : Own(done.Symbol);
    }

    /// <summary>What happened to a symbol in the interval that a replay of the candles knows nothing of.</summary>
    private ParityClass? Own(int symbol, bool isRefused = false) =>
        _late.Contains(symbol) ? ParityClass.LateSymbol
        : _revised.Contains(symbol) ? ParityClass.DataRevision
        : isRefused ? ParityClass.VenueEffect
        : _priced.Contains(symbol) ? ParityClass.ExitBetweenTicks
        : isLive ? ParityClass.VenueEffect
        : null;

    private bool IsSame(ParityTrade a, ParityTrade b) =>
        !a.IsBetween
        && a.IsBuy == b.IsBuy
        && a.Wanted == b.Wanted
        && a.Filled == b.Filled
        && a.Price == b.Price
        && (isLive || (a.Fee == b.Fee && a.Pnl == b.Pnl && a.DecidedMs == b.DecidedMs && a.Reason == b.Reason));

    private static string What(ParityTrade done, ParityTrade replayed) =>
        done.IsBetween ? "left between ticks"
        : !IsNear(done.Wanted, replayed.Wanted) ? "sized otherwise"
        : done.Filled < replayed.Filled && !IsNear(done.Filled, replayed.Filled) ? "filled less"
        : !IsNear(done.Price, replayed.Price) && done.Price > 0.0 && replayed.Price > 0.0
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"filled {Math.Abs(done.Price / replayed.Price - 1.0) * 1e4:0.##} bps {(done.Price > replayed.Price == done.IsBuy ? "worse" : "better")}"
            )
        : "the numbers of the trade";

    private static bool IsNear(double a, double b) => a == b || Math.Abs(a - b) <= Near * Math.Max(Math.Abs(a), Math.Abs(b));

    private static string Usd(double? usd) => usd is { } of ? of.ToString("R", CultureInfo.InvariantCulture) : "nothing";

    private int Rank(string symbol)
    {
        for (int i = 0; i < symbols.Count; i++)
        {
            if (string.Equals(symbols[i], symbol, StringComparison.Ordinal))
            {
                return i;
            }
        }

        return -1;
    }

    private ParityDifference Make(
        ParityInterval over,
        int symbol,
        ParityClass cause,
        string what,
        string session,
        string replayed
    ) =>
        new(
            segment,
            over.TickMs != 0 || over.Told.Count == 0 ? over.TickMs : TimeOf(over.Told[^1]),
            (uint)symbol < (uint)symbols.Count ? symbols[symbol] : "",
            cause,
            what,
            session,
            replayed
        );

    private static long TimeOf(JournalRecord record) =>
        record switch
        {
            JournalRecord.Event told => told.At.WallMs,
            JournalRecord.Price price => price.At.WallMs,
            _ => 0,
        };
}
