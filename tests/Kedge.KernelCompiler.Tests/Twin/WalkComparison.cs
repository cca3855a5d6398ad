using System.Runtime.InteropServices;
using Kedge.Kernel;
using Kedge.Kernel.Fused;
using Kedge.Kernel.Perps;
using Kedge.Research.Replay;
using Kedge.Research.Statistics;
using Kedge.Research.Tests.Replay;

namespace Kedge.KernelCompiler.Tests.Twin;

/// <summary>Runs a case three more times: the fused walk in .NET, the twin's, and the twin's over columns of snapshots; all must book what replay booked.</summary>
internal sealed unsafe class WalkComparison(TwinLibrary library)
{
    private const int Room = 20_000;
    private readonly Fields _booking = new(KernelTwin.Kernel, typeof(Booking));
    private readonly Fields _funnel = new(KernelTwin.Kernel, typeof(GateFunnel));
    private readonly Fields _account = new(KernelTwin.Kernel, typeof(Account));
    private readonly Fields _state = new(KernelTwin.Kernel, typeof(SymbolState));

    /// <summary>The first thing that differs; null when nothing does.</summary>
    public string? Difference(ReplayCase made, ReplayRunResult replayed)
    {
        using MarketMemory memory = new();
        FusedMarket* market = memory.Market(made);
        FusedRun* runs = memory.Allocate<FusedRun>(3);
        for (int i = 0; i < 3; i++)
        {
            memory.Start(runs + i, market, made, Room);
        }

        UseColumns(memory, runs + 2);
        FusedWalk.Run(runs, 0);
        library.Run("kedge_walk", runs + 1, 2);
        return Compare("fused walk in .NET", runs, made, replayed)
            ?? Compare("twin", runs + 1, made, replayed)
            ?? Compare("twin over columns", runs + 2, made, replayed)
            ?? States(runs, runs + 1, market->Count)
            ?? States(runs, runs + 2, market->Count);
    }

    private void UseColumns(MarketMemory memory, FusedRun* run)
    {
        FusedMarket* market = run->Market;
        FusedColumn* columns = memory.Allocate<FusedColumn>(market->Count);
        run->Columns = (Snapshot**)memory.Allocate<nint>(market->Count);
        for (int i = 0; i < market->Count; i++)
        {
            columns[i].Bars = market->Symbols[i].Main;
            columns[i].Parameters = run->Parameters + i;
            columns[i].Bank = run->Banks + i;
            columns[i].Snapshots = memory.Allocate<Snapshot>((int)columns[i].Bars.Count);
            run->Columns[i] = columns[i].Snapshots;
        }

        library.Run("kedge_indicators", columns, market->Count);
        run->Banks = null;
    }

    private string? Compare(string who, FusedRun* run, ReplayCase made, ReplayRunResult replayed)
    {
        Account account = replayed.Account;
        GateFunnel funnel = replayed.Funnel;
        ReadOnlySpan<Booking> bookings = CollectionsMarshal.AsSpan(replayed.Bookings);
        fixed (Booking* expected = bookings)
        {
            for (int i = 0; i < Math.Min(bookings.Length, run->BookingCount); i++)
            {
                if (_booking.Difference(expected + i, run->Bookings + i) is { } difference)
                {
                    return $"{who}, booking {i}: {difference}";
                }
            }
        }

        return run->BookingCount != bookings.Length ? $"{who}: {run->BookingCount} bookings, not {bookings.Length}"
            : _account.Difference(&account, &run->Account) is { } other ? $"{who}, account: {other}"
            : _funnel.Difference(&funnel, &run->Funnel) is { } counted ? $"{who}, funnel: {counted}"
            : Curve($"{who}, equity", run->Equity, made.Balance, replayed.Equity, point => point.Equity)
                ?? Curve($"{who}, balance", run->Balance, made.Balance, replayed.Equity, point => point.Balance);
    }

    /// <summary>Days and falls of a curve against every point that replay saw of it.</summary>
    private static string? Curve(
        string who,
        in FusedCurve kept,
        double start,
        List<EquityPoint> points,
        Func<EquityPoint, double> value
    )
    {
        const long DayMs = 86_400_000;
        Drawdown drawdown = new(start);
        List<double> daily = [];
        for (int i = 0; i < points.Count; i++)
        {
            drawdown.Add(value(points[i]));
            if (i + 1 < points.Count && (points[i + 1].TimeMs - 1) / DayMs != (points[i].TimeMs - 1) / DayMs)
            {
                daily.Add(value(points[i]));
            }
        }

        double last = points.Count == 0 ? start : value(points[^1]);
        for (int day = 0; day < daily.Count; day++)
        {
            // Days after the last change keep its value.
            double known = day < kept.Day ? kept.Daily[day] : kept.Last;
            if (known != daily[day])
            {
                return $"{who}, day {day}: {known:R}, not {daily[day]:R}";
            }
        }

        return kept.Last != last || kept.Peak != drawdown.Peak
                ? $"{who}: last {kept.Last:R} and peak {kept.Peak:R}, not {last:R} and {drawdown.Peak:R}"
            : kept.DeepestFall != drawdown.MaxValue || kept.DeepestFraction != drawdown.MaxFraction
                ? $"{who}: falls {kept.DeepestFall:R} and {kept.DeepestFraction:R}, not {drawdown.MaxValue:R} and {drawdown.MaxFraction:R}"
            : null;
    }

    private string? States(FusedRun* expected, FusedRun* actual, int symbols)
    {
        for (int i = 0; i < symbols; i++)
        {
            if (_state.Difference(expected->States + i, actual->States + i) is { } difference)
            {
                return $"state of symbol {i}: {difference}";
            }
        }

        return null;
    }
}
