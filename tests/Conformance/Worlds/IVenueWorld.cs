using Kedge.Conformance.Ledgers;
using Kedge.Model.Venues;

namespace Kedge.Conformance.Worlds;

/// <summary>
/// A venue, the market behind it and the time it runs in. Every world trades BTC (sizes of 5 decimals, from 60,000 USD) and ETH (4 decimals, from
/// 3,000 USD), smallest order 10 USD, account of 100,000 USD without positions.
/// </summary>
internal interface IVenueWorld : IDisposable
{
    /// <summary>Column of the table.</summary>
    string Name { get; }

    /// <summary>What it can do.</summary>
    WorldTraits Traits { get; }

    /// <summary>The venue.</summary>
    IVenue Venue { get; }

    /// <summary>Everything heard from it.</summary>
    VenueLog Log { get; }

    /// <summary>What the venue itself knows; null when the world cannot tell.</summary>
    IVenueTruth? Truth { get; }

    /// <summary>The client's wall clock, UTC epoch milliseconds.</summary>
    long WallMs { get; }

    /// <summary>Which life of the client this is, from 1.</summary>
    int Life { get; }

    /// <summary>Lets time pass until something holds. False when it does not within a span.</summary>
    bool WaitUntil(Func<bool> done, long withinMs);

    /// <summary>Moves mark, oracle and quotes of a symbol; quotes lie within 0.1 % around it.</summary>
    void MovePrice(string symbol, decimal price);

    /// <summary>Makes the wire fail, once.</summary>
    /// <param name="fault">How.</param>
    /// <param name="forMs">For how long, where it has a length.</param>
    /// <param name="count">How many requests, where it is about those.</param>
    void Break(WireFault fault, long forMs = 10_000, int count = 1);

    /// <summary>Makes the venue misbehave: one entry of its fault plan, in the words of the plan.</summary>
    void Misbehave(string fault);

    /// <summary>How often a fault of the venue has happened, by its word.</summary>
    long Happened(string fault);

    /// <summary>Ends all misbehaviour.</summary>
    void Behave();

    /// <summary>Another program of the account uses up all actions its address may send.</summary>
    void SpendActions();

    /// <summary>Kills the client and starts it again after a while.</summary>
    void RestartClient(long downMs);

    /// <summary>Kills the venue and starts it again after a while.</summary>
    void RestartVenue(long downMs);
}
