namespace Kedge.Configuration;

/// <summary>What happens to open positions when the drawdown limit is hit.</summary>
public enum DrawdownReducePolicy
{
    /// <summary>They are closed.</summary>
    CloseAll = 0,

    /// <summary>They are left to their own exits.</summary>
    None = 1,
}
