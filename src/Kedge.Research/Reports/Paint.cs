namespace Kedge.Research.Reports;

/// <summary>How a piece of text is meant.</summary>
internal enum Tone
{
    Plain,
    Dim,
    Bold,
    Good,
    Bad,
    Bar,
}

/// <summary>ANSI colours, or none.</summary>
internal readonly struct Paint
{
    private readonly bool _colour;

    public Paint(bool colour) => _colour = colour;

    public static Tone Sign(double value) => value > 0.0 ? Tone.Good : (value < 0.0 ? Tone.Bad : Tone.Plain);

    public string Of(string text, Tone tone)
    {
        string? code = tone switch
        {
            Tone.Dim => "2",
            Tone.Bold => "1",
            Tone.Good => "32",
            Tone.Bad => "31",
            Tone.Bar => "36",
            _ => null,
        };
        return _colour && code is not null ? $"\u001b[{code}m{text}\u001b[0m" : text;
    }
}
