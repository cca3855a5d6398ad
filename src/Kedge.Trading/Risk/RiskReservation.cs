namespace Kedge.Trading.Risk;

/// <summary>What a request holds in every bucket until it is committed or released. Worth one of the two, once.</summary>
public readonly record struct RiskReservation
{
    internal RiskReservation(long id, int symbol, RiskAction action, bool counted, long notionalMicros)
    {
        Id = id;
        Symbol = symbol;
        Action = action;
        Counted = counted;
        NotionalMicros = notionalMicros;
    }

    /// <summary>Number of the reservation; 0 for none.</summary>
    public long Id { get; }

    /// <summary>Rank of the symbol.</summary>
    public int Symbol { get; }

    /// <summary>What the order does.</summary>
    public RiskAction Action { get; }

    /// <summary>Whether a token is held; an urgent exit takes one only when there is one.</summary>
    internal bool Counted { get; }

    /// <summary>Millionths of a USD held in the notional window.</summary>
    internal long NotionalMicros { get; }
}
