using System.Runtime.InteropServices;

namespace Kedge.Exchange.Core.Books;

/// <summary>One live order in its slot. What matching touches stands first. Links are slots, −1 for none.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct Order
{
    public long Id;
    public long Price;
    public long Remaining;
    public int Account;
    public int Symbol;
    public int Next;
    public int Previous;
    public int Level;
    public int NextOfAccount;
    public int PreviousOfAccount;
    public OrderSide Side;
    public TimeInForce TimeInForce;
    public OrderState State;
    public TriggerKind Trigger;
    public bool ReduceOnly;
    public bool TriggerIsMarket;
    public bool FollowsPosition;
    public bool IsLiquidation;

    public UInt128 Cloid;
    public long OriginalSize;
    public long TriggerPrice;
    public long TimeMs;
    public long Request;
    public int Parent;
    public int FirstChild;
    public int SecondChild;
    public int Sibling;

    /// <summary>+1 for a buy, −1 for a sell.</summary>
    public readonly int Sign => Side == OrderSide.Buy ? 1 : -1;

    public readonly bool IsTriggerOrder => Trigger != TriggerKind.None;
}
