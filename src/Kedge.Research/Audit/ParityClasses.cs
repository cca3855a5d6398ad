namespace Kedge.Research.Audit;

/// <summary>Names of the classes, as reports and JSON have them.</summary>
public static class ParityClasses
{
    /// <summary>The stable name of a class.</summary>
    public static string Name(ParityClass of) =>
        of switch
        {
            ParityClass.Logic => "logic",
            ParityClass.Numeric => "numeric",
            ParityClass.VenueEffect => "venue_effect",
            ParityClass.DataRevision => "data_revision",
            ParityClass.MissingBar => "missing_bar",
            ParityClass.ExitBetweenTicks => "exit_between_ticks",
            ParityClass.LateSymbol => "late_symbol",
            ParityClass.Operator => "operator",
            ParityClass.Configuration => "configuration",
            _ => "instrument",
        };

    /// <summary>What a class means, in a line for people.</summary>
    public static string Meaning(ParityClass of) =>
        of switch
        {
            ParityClass.Logic => "told the same, session and replay decide otherwise: a fault, or another version of the program",
            ParityClass.Numeric => "the same decisions; numbers differ in their last digits",
            ParityClass.VenueEffect => "the venue or its quote did otherwise than the model of a fill",
            ParityClass.DataRevision => "a bar or a funding rate is another one now than the session was told",
            ParityClass.MissingBar => "a bar is only on one side",
            ParityClass.ExitBetweenTicks => "the session saw prices between ticks, which candles do not have",
            ParityClass.LateSymbol => "the symbol's bar came after its tick had run",
            ParityClass.Operator => "an operator ordered it",
            ParityClass.Configuration => "a key of the configuration has another value",
            _ => "the venue's rules for a symbol are others",
        };
}
