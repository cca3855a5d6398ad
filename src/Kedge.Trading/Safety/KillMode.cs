namespace Kedge.Trading.Safety;

/// <summary>What trading is still allowed. The greater number is the more severe.</summary>
public enum KillMode
{
    /// <summary>Everything.</summary>
    Off = 0,

    /// <summary>Only what makes positions smaller, and cancels.</summary>
    CloseOnly = 1,

    /// <summary>Only cancels, and exits that an operator orders by name.</summary>
    HaltAll = 2,

    /// <summary>Nothing at all leaves the process.</summary>
    HardKill = 3,
}
