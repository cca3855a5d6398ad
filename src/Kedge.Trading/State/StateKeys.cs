namespace Kedge.Trading.State;

/// <summary>Under which keys an engine keeps its state in the ledger.</summary>
internal static class StateKeys
{
    /// <summary>The kernel's account.</summary>
    public const string Account = "account";

    /// <summary>How far time and funding have come.</summary>
    public const string Clock = "clock";

    /// <summary>The risk manager.</summary>
    public const string Risk = "risk";

    /// <summary>Prefix of a symbol's memory.</summary>
    public const string Symbol = "symbol:";

    /// <summary>Prefix of what an intent in flight wanted.</summary>
    public const string Intent = "intent:";
}
