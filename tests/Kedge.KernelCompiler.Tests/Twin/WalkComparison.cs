using System.Runtime.InteropServices;
using Kedge.Kernel;
using Kedge.Kernel.Fused;
using Kedge.Kernel.Perps;
using Kedge.Research.Tests.Replay;

namespace Kedge.KernelCompiler.Tests.Twin;

/// <summary>Runs a case three more times: the fused walk in .NET, the twin's, and the twin's over columns of snapshots; all must book what replay booked.</summary>
internal sealed unsafe class WalkComparison(TwinLibrary library)
{
    private const int Room = 20_000;
    private readonly Fields _booking = new(KernelTwin.Kernel, typeof(Booking));
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
        return Compare("fused walk in .NET", runs, replayed)
            ?? Compare("twin", runs + 1, replayed)
            ?? Compare("twin over columns", runs + 2, replayed)
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

    private string? Compare(string who, FusedRun* run, ReplayRunResult replayed)
    {
        Account account = replayed.Account;
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
