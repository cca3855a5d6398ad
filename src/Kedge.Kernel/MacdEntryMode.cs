namespace Kedge.Kernel;

/// <summary>How mode 1 tests the MACD histogram.</summary>
public enum MacdEntryMode
{
    /// <summary>The histogram must grow in the direction of the trade.</summary>
    Accel = 0,

    /// <summary>The histogram must have the sign of the trade.</summary>
    Sign = 1,

    /// <summary>No test.</summary>
    None = 2,
}
