using Kedge.Model.Machines;

namespace Kedge.Venues.Hyperliquid.Session;

/// <summary>Sends requests within the budgets, most urgent class first.</summary>
internal interface IRequestDesk
{
    /// <summary>
    /// Takes a request. It may wait; <paramref name="build"/> is called once, at the moment of sending, so that nonce and expiry are fresh.
    /// <paramref name="done"/> is called once, never within this call, unless false is returned: then the queue is full and nothing was or will
    /// be sent.
    /// </summary>
    /// <param name="cls">What it is for.</param>
    /// <param name="path"><c>/info</c> or <c>/exchange</c>.</param>
    /// <param name="weight">Weight in the budget of the IP address.</param>
    /// <param name="addressActions">Actions in the budget of the account; 0 for questions.</param>
    /// <param name="timeoutMs">From sending; also the longest wait before.</param>
    /// <param name="build">Makes the body; null when it cannot be made: the request ends as <see cref="RequestEnd.Dropped"/> and costs nothing.</param>
    /// <param name="done">Hears the end.</param>
    bool Ask(
        RequestClass cls,
        string path,
        int weight,
        int addressActions,
        int timeoutMs,
        Func<Now, ReadOnlyMemory<byte>?> build,
        RequestDone done
    );

    /// <summary>As the other, for an answer that costs by its items.</summary>
    /// <param name="cls">What it is for.</param>
    /// <param name="path"><c>/info</c> or <c>/exchange</c>.</param>
    /// <param name="weight">Weight without items.</param>
    /// <param name="items">Weight its items cost at most, set aside until the answer tells (<see cref="Settle"/>).</param>
    /// <param name="addressActions">Actions in the budget of the account; 0 for questions.</param>
    /// <param name="timeoutMs">From sending.</param>
    /// <param name="waitMs">Longest wait for a place in the budget.</param>
    /// <param name="build">Makes the body; null when it cannot be made.</param>
    /// <param name="done">Hears the end.</param>
    bool Ask(
        RequestClass cls,
        string path,
        int weight,
        int items,
        int addressActions,
        int timeoutMs,
        int waitMs,
        Func<Now, ReadOnlyMemory<byte>?> build,
        RequestDone done
    );

    /// <summary>Called while an answer is being told: what its items cost. Without it all that was set aside is charged.</summary>
    void Settle(int items);
}
