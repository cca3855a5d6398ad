namespace Kedge.Kernel;

/// <summary>Which series of a symbol a price comes from.</summary>
public enum BarSource
{
    /// <summary>None of them.</summary>
    None = 0,

    /// <summary>The main series.</summary>
    Main = 1,

    /// <summary>The series entries are decided on.</summary>
    Entry = 2,

    /// <summary>The series exits are tested on.</summary>
    Exit = 3,
}
