using System.Diagnostics.CodeAnalysis;
using Kedge.Conformance.Ledgers;
using Kedge.Conformance.Worlds;
using Kedge.Model.Orders;
using Kedge.Model.Venues;

namespace Kedge.Conformance.Matrix;

/// <summary>A trader's desk at one world: places orders, waits, and says what is wrong.</summary>
internal sealed class Desk(IVenueWorld world)
{
    private static readonly RiskReceipt Receipt = RiskReceipt.ByOperator("conformance", "a test");
    private ulong _ids;

    public IVenueWorld World => world;

    public IVenue Venue => world.Venue;

    public VenueLog Log => world.Log;

    public AccountLedger Ledger => world.Log.Ledger;

    /// <summary>Waits until the session is up.</summary>
    public void Up(long withinMs = 60_000)
    {
        if (world.Traits.HasFlag(WorldTraits.Connection))
        {
            Wait(() => Log.IsUp, withinMs, "the session came up");
            Wait(() => Log.LastQuote.ContainsKey("BTC") && Log.LastMid.ContainsKey("BTC"), 30_000, "a price of BTC");
        }
    }

    public void Wait(Func<bool> done, long withinMs, string what) =>
        Check(world.WaitUntil(done, withinMs), $"Not within {withinMs} ms: {what}.");

    public void Pass(long ms) => world.WaitUntil(() => false, ms);

    public static void Check([DoesNotReturnIf(false)] bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new ConformanceFailure(otherwise);
        }
    }

    public static void Same<T>(T expected, T actual, string what) =>
        Check(EqualityComparer<T>.Default.Equals(expected, actual), $"{what}: expected {expected}, was {actual}.");

    /// <summary>An order nobody has sent yet, with an id of its own.</summary>
    public OrderIntent Intent(
        bool isBuy,
        decimal size,
        decimal price,
        TimeInForce tif = TimeInForce.Gtc,
        bool reduceOnly = false,
        string symbol = "BTC"
    ) => new(new ClientOrderId(((UInt128)0xC0F0 << 64) | ++_ids), symbol, isBuy, size, price, tif, reduceOnly);

    /// <summary>Immediate, far enough through the market to be filled.</summary>
    public OrderIntent Buy(decimal size) => Intent(isBuy: true, size, 63_000, TimeInForce.Ioc);

    /// <summary>Immediate, far enough through the market to be filled.</summary>
    public OrderIntent Sell(decimal size) => Intent(isBuy: false, size, 57_000, TimeInForce.Ioc);

    /// <summary>Sends a question or command and waits for the first answer of a kind.</summary>
    public T Ask<T>(VenueCommand command, long withinMs = 60_000)
        where T : VenueEvent
    {
        int place = Log.Count;
        Venue.Send(command);
        Wait(() => Log.First<T>(place) is not null, withinMs, $"an answer to {command}");
        return Log.First<T>(place)!;
    }

    public LedgerOrder Send(OrderIntent intent)
    {
        LedgerOrder order = Ledger.Write(intent, 0, world.Life);
        Venue.Send(new VenueCommand.Place([ApprovedOrder.From(intent, Receipt)]));
        return order;
    }

    public LedgerOrder[] Send(OrderGrouping grouping, params OrderIntent[] intents)
    {
        LedgerOrder[] orders = [.. intents.Select(intent => Ledger.Write(intent, 0, world.Life))];
        Venue.Send(new VenueCommand.Place([.. intents.Select(intent => ApprovedOrder.From(intent, Receipt))], grouping));
        return orders;
    }

    public LedgerOrder Replace(LedgerOrder old, OrderIntent replacement)
    {
        LedgerOrder order = Ledger.Write(replacement, 0, world.Life);
        Venue.Send(new VenueCommand.Modify(old.Intent.Id, ApprovedOrder.From(replacement, Receipt)));
        return order;
    }

    /// <summary>Sends and waits for the one outcome.</summary>
    public LedgerOrder Place(OrderIntent intent)
    {
        LedgerOrder order = Send(intent);
        Wait(() => order.Outcomes > 0, 60_000, $"an outcome of {order}");
        return order;
    }

    /// <summary>Places and expects a phase.</summary>
    public LedgerOrder Place(OrderIntent intent, OrderPhase phase)
    {
        LedgerOrder order = Place(intent);
        Wait(() => order.Phase == phase, 30_000, $"{phase}; it is {order}");
        return order;
    }

    public void Refused(OrderIntent intent, RejectCode code)
    {
        LedgerOrder order = Place(intent, OrderPhase.Rejected);
        Same(code, order.Refusal, $"code of the refusal “{order.RefusalText}”");
        if (world.Truth is { } truth)
        {
            Check(
                truth.Find(intent.Id).All(one => one.Phase == OrderPhase.Rejected),
                $"It was refused and the venue has it: {order}."
            );
        }
    }

    public void Cancel(LedgerOrder order)
    {
        int place = Log.Count;
        Venue.Send(new VenueCommand.Cancel(order.Intent.Symbol, order.Intent.Id));
        Wait(
            () => Log.First<VenueEvent.CancelAnswered>(place, answer => answer.Id == order.Intent.Id) is not null,
            60_000,
            $"an outcome of the cancel of {order}"
        );
    }

    /// <summary>Ledger and venue agree about everything, and the venue never broke its word.</summary>
    public void Agree(long withinMs = 60_000)
    {
        if (world.Truth is { } truth)
        {
            string[] differences = [];
            bool agreed = world.WaitUntil(
                () =>
                {
                    differences = [.. Agreement.Differences(Ledger, truth)];
                    return differences.Length == 0;
                },
                withinMs
            );
            Check(agreed, $"No agreement within {withinMs} ms: " + string.Join("; ", differences.Take(5)));
        }

        Check(Ledger.Complaints.Count == 0, string.Join("; ", Ledger.Complaints.Take(5)));
    }
}
