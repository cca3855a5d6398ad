namespace Kedge.Research.Audit;

/// <summary>Why a session and a replay of its candles differ.</summary>
public enum ParityClass
{
    /// <summary>Told the same, they decide otherwise: a fault, or another version.</summary>
    Logic,

    /// <summary>They decide the same, and numbers differ in their last digits.</summary>
    Numeric,

    /// <summary>The venue, or its quote, did otherwise than the model of a fill: price, fee, size, a refusal.</summary>
    VenueEffect,

    /// <summary>A bar or a funding rate is another one now than the session was told.</summary>
    DataRevision,

    /// <summary>A bar is only on one side.</summary>
    MissingBar,

    /// <summary>The session saw prices between ticks, which candles do not have.</summary>
    ExitBetweenTicks,

    /// <summary>The symbol's bar came after its tick had run.</summary>
    LateSymbol,

    /// <summary>An operator ordered it.</summary>
    Operator,

    /// <summary>A key of the configuration has another value.</summary>
    Configuration,

    /// <summary>The venue's rules for a symbol are others.</summary>
    Instrument,
}
