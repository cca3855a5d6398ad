namespace Kedge.Trading.Risk;

/// <summary>What a request holds in every bucket until it is committed or released. Worth one of the two, once.</summary>
public readonly record struct RiskReservation
{
    internal RiskReservation(long id, int symbol, RiskAction action, bool waits, long notionalMicros)
    {
        Id = id;
        Symbol = symbol;
        Action = action;
        Waits = waits;
        NotionalMicros = notionalMicros;
    }

    /// <summary>Number of the reservation; 0 for none.</summary>
    public long Id { get; }

    /// <summary>Rank of the symbol.</summary>
    public int Symbol { get; }

    /// <summary>What the order does.</summary>
    public RiskAction Action { get; }

    /// <summary>Whether it could wait, and so holds a token; what cannot wait takes one as it goes, if there is one.</summary>
    internal bool Waits { get; }

    /// <summary>Millionths of a USD held in the notional window.</summary>
    internal long NotionalMicros { get; }
}
