namespace Kedge.Trading.Strategies;

/// <summary>Why a signal became no order, before the engine's own limits are asked. Names are stable.</summary>
public static class SignalRefusal
{
    /// <summary>The symbol is not the strategy's.</summary>
    public const string Symbol = "not_its_symbol";

    /// <summary>The symbol had a signal at this tick.</summary>
    public const string Duplicate = "duplicate_signal";

    /// <summary>The lane trades things of another kind.</summary>
    public const string Asset = "asset_type";

    /// <summary>An unknown action or order type.</summary>
    public const string Unknown = "unknown_word";

    /// <summary>The quantity is none, or one is needed and lacks.</summary>
    public const string Quantity = "quantity";

    /// <summary>Too many entries of metadata, or too long ones.</summary>
    public const string Metadata = "metadata";

    /// <summary>No strategy of that name has symbols here.</summary>
    public const string Strategy = "no_such_strategy";

    /// <summary>Too many signals wait for the tick.</summary>
    public const string Full = "too_many";

    /// <summary>There is nothing to close or reduce.</summary>
    public const string Flat = "nothing_held";

    /// <summary>The position is there already, and no quantity to add is given.</summary>
    public const string Held = "already_held";

    /// <summary>The bar of the tick has not come, or the symbol's bars are being loaded anew.</summary>
    public const string NoBar = "no_bar";

    /// <summary>What has to be closed first is still held.</summary>
    public const string OtherSide = "other_side_held";

    /// <summary>An order of the symbol is on its way.</summary>
    public const string Working = "working_order";
}
