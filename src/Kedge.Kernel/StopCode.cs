namespace Kedge.Kernel;

/// <summary>The first thing that stopped an entry or an add of a symbol at a tick.</summary>
public enum StopCode
{
    /// <summary>Nothing stopped it.</summary>
    None = 0,

    /// <summary>The gates and modes gave no signal.</summary>
    NoSignal = 1,

    /// <summary>An order of the symbol is still working.</summary>
    WorkingOrder = 2,

    /// <summary>Breadth is unknown and the configuration blocks on it.</summary>
    BreadthUnknown = 3,

    /// <summary>Directional breadth block.</summary>
    RegimeFilter = 4,

    /// <summary>Chop gate is off.</summary>
    RegimeGate = 5,

    /// <summary>Confidence tier below the minimum.</summary>
    Confidence = 6,

    /// <summary>Post-exit same-direction cooldown.</summary>
    PostExitCooldown = 7,

    /// <summary>MACD histogram sign against the direction (SSF).</summary>
    SignFilter = 8,

    /// <summary>RSI extreme entry filter (REEF).</summary>
    ExtremeFilter = 9,

    /// <summary>The entry budget of the tick is used up.</summary>
    EntryBudget = 10,

    /// <summary>The maximum number of open positions is reached.</summary>
    MaxPositions = 11,

    /// <summary>Seconds between entries of the symbol.</summary>
    EntryCooldown = 12,

    /// <summary>No margin left under the cap on Σ margin ÷ equity.</summary>
    MarginCap = 13,

    /// <summary>Notional below the minimum.</summary>
    MinNotional = 14,

    /// <summary>Margin and fee exceed the free cash.</summary>
    FreeCash = 15,

    /// <summary>The world refused the order.</summary>
    Refused = 16,

    /// <summary>The size rounds to nothing, or price or leverage is not usable.</summary>
    Unsizable = 17,

    /// <summary>The position has all its adds.</summary>
    AddCount = 20,

    /// <summary>Confidence below the minimum for adds.</summary>
    AddConfidence = 21,

    /// <summary>Too soon after the entry or the last add.</summary>
    AddCooldown = 22,

    /// <summary>Not enough profit for an add.</summary>
    AddProfit = 23,

    /// <summary>Pyramiding is off and the position already points this way.</summary>
    PyramidingOff = 24,

    /// <summary>With the add, the position would be too large for its leverage at the venue.</summary>
    AddLeverage = 25,

    /// <summary>Number of codes; for tables of counters.</summary>
    Count = 26,
}
