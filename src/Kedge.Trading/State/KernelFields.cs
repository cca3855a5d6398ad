using Kedge.Kernel;
using Kedge.Kernel.Perps;

namespace Kedge.Trading.State;

/// <summary>The fields of the kernel's structs that a restart must bring back, listed once for writing and reading.</summary>
internal static class KernelFields
{
    public static void Visit<TVisitor>(ref TVisitor visitor, ref Account account, string prefix = "")
        where TVisitor : struct, IFieldVisitor
    {
        visitor.Visit(prefix + "Balance", ref account.Balance);
        visitor.Visit(prefix + "Margin", ref account.Margin);
        visitor.Visit(prefix + "Reserved", ref account.Reserved);
        visitor.Visit(prefix + "Fees", ref account.Fees);
        visitor.Visit(prefix + "Funding", ref account.Funding);
        visitor.Visit(prefix + "RealisedPnl", ref account.RealisedPnl);
        Visit(ref visitor, prefix + "Hash", ref account.Hash);
        visitor.Visit(prefix + "PositionsOpened", ref account.PositionsOpened);
        visitor.Visit(prefix + "OpenPositions", ref account.OpenPositions);
        visitor.Visit(prefix + "WorkingOrders", ref account.WorkingOrders);
        visitor.Visit(prefix + "EntriesThisTick", ref account.EntriesThisTick);
    }

    public static void Visit<TVisitor>(ref TVisitor visitor, ref Signal signal, string prefix = "")
        where TVisitor : struct, IFieldVisitor
    {
        visitor.Visit(prefix + "EntryAdxThreshold", ref signal.EntryAdxThreshold);
        int side = (int)signal.Side;
        visitor.Visit(prefix + "Side", ref side);
        signal.Side = (Side)side;
        int confidence = (int)signal.Confidence;
        visitor.Visit(prefix + "Confidence", ref confidence);
        signal.Confidence = (Confidence)confidence;
        visitor.Visit(prefix + "Mode", ref signal.Mode);
    }

    public static void Visit<TVisitor>(ref TVisitor visitor, ref Position position, string prefix = "")
        where TVisitor : struct, IFieldVisitor
    {
        visitor.Visit(prefix + "Size", ref position.Size);
        visitor.Visit(prefix + "EntryPrice", ref position.EntryPrice);
        visitor.Visit(prefix + "FirstEntryPrice", ref position.FirstEntryPrice);
        visitor.Visit(prefix + "EntryAtr", ref position.EntryAtr);
        visitor.Visit(prefix + "EntryAdxThreshold", ref position.EntryAdxThreshold);
        visitor.Visit(prefix + "TrailingStop", ref position.TrailingStop);
        visitor.Visit(prefix + "RestingStop", ref position.RestingStop);
        visitor.Visit(prefix + "Leverage", ref position.Leverage);
        visitor.Visit(prefix + "Margin", ref position.Margin);
        visitor.Visit(prefix + "EntryFees", ref position.EntryFees);
        visitor.Visit(prefix + "Funding", ref position.Funding);
        visitor.Visit(prefix + "BestPrice", ref position.BestPrice);
        visitor.Visit(prefix + "WorstPrice", ref position.WorstPrice);
        visitor.Visit(prefix + "OpenedAtMs", ref position.OpenedAtMs);
        visitor.Visit(prefix + "LastAddMs", ref position.LastAddMs);
        visitor.Visit(prefix + "Id", ref position.Id);
        int side = (int)position.Side;
        visitor.Visit(prefix + "Side", ref side);
        position.Side = (Side)side;
        int confidence = (int)position.Confidence;
        visitor.Visit(prefix + "Confidence", ref confidence);
        position.Confidence = (Confidence)confidence;
        visitor.Visit(prefix + "Adds", ref position.Adds);
        visitor.Visit(prefix + "PartialTaken", ref position.PartialTaken);
        visitor.Visit(prefix + "HasTrailingStop", ref position.HasTrailingStop);
        visitor.Visit(prefix + "HasRestingStop", ref position.HasRestingStop);
        visitor.Visit(prefix + "BreakevenReached", ref position.BreakevenReached);
    }

    public static void Visit<TVisitor>(ref TVisitor visitor, ref WorkingOrder working, string prefix = "")
        where TVisitor : struct, IFieldVisitor
    {
        visitor.Visit(prefix + "Size", ref working.Size);
        visitor.Visit(prefix + "FilledSize", ref working.FilledSize);
        visitor.Visit(prefix + "ReservedMargin", ref working.ReservedMargin);
        visitor.Visit(prefix + "ReservedFee", ref working.ReservedFee);
        visitor.Visit(prefix + "Leverage", ref working.Leverage);
        visitor.Visit(prefix + "EntryAtr", ref working.EntryAtr);
        visitor.Visit(prefix + "EntryAdxThreshold", ref working.EntryAdxThreshold);
        visitor.Visit(prefix + "Value", ref working.Value);
        visitor.Visit(prefix + "Value2", ref working.Value2);
        visitor.Visit(prefix + "Value3", ref working.Value3);
        visitor.Visit(prefix + "SentAtMs", ref working.SentAtMs);
        int action = (int)working.Action;
        visitor.Visit(prefix + "Action", ref action);
        working.Action = (OrderAction)action;
        int side = (int)working.Side;
        visitor.Visit(prefix + "Side", ref side);
        working.Side = (Side)side;
        int confidence = (int)working.Confidence;
        visitor.Visit(prefix + "Confidence", ref confidence);
        working.Confidence = (Confidence)confidence;
        int reason = (int)working.Reason;
        visitor.Visit(prefix + "Reason", ref reason);
        working.Reason = (ReasonCode)reason;
    }

    public static void Visit<TVisitor>(ref TVisitor visitor, ref SymbolState state, string prefix = "")
        where TVisitor : struct, IFieldVisitor
    {
        Visit(ref visitor, ref state.Position, prefix + "Position.");
        Visit(ref visitor, ref state.Working, prefix + "Working.");
        Visit(ref visitor, ref state.Signal, prefix + "Signal.");
        visitor.Visit(prefix + "SignalPrice", ref state.SignalPrice);
        visitor.Visit(prefix + "Mark", ref state.Mark);
        visitor.Visit(prefix + "SignalTimeMs", ref state.SignalTimeMs);
        visitor.Visit(prefix + "LastBarMs", ref state.LastBarMs);
        visitor.Visit(prefix + "LastEntryMs", ref state.LastEntryMs);
        visitor.Visit(prefix + "LastExitMs", ref state.LastExitMs);
        int lastExitSide = (int)state.LastExitSide;
        visitor.Visit(prefix + "LastExitSide", ref lastExitSide);
        state.LastExitSide = (Side)lastExitSide;
        visitor.Visit(prefix + "HasEntered", ref state.HasEntered);
        visitor.Visit(prefix + "HasExited", ref state.HasExited);
        visitor.Visit(prefix + "LastExitWasFlip", ref state.LastExitWasFlip);
    }

    public static void Visit<TVisitor>(ref TVisitor visitor, ref KernelOrder order, string prefix = "")
        where TVisitor : struct, IFieldVisitor
    {
        visitor.Visit(prefix + "Size", ref order.Size);
        visitor.Visit(prefix + "Price", ref order.Price);
        visitor.Visit(prefix + "ExpectedPrice", ref order.ExpectedPrice);
        visitor.Visit(prefix + "Leverage", ref order.Leverage);
        visitor.Visit(prefix + "Margin", ref order.Margin);
        visitor.Visit(prefix + "Fee", ref order.Fee);
        visitor.Visit(prefix + "EntryAtr", ref order.EntryAtr);
        visitor.Visit(prefix + "EntryAdxThreshold", ref order.EntryAdxThreshold);
        visitor.Visit(prefix + "Value", ref order.Value);
        visitor.Visit(prefix + "Value2", ref order.Value2);
        visitor.Visit(prefix + "Value3", ref order.Value3);
        visitor.Visit(prefix + "TimeMs", ref order.TimeMs);
        visitor.Visit(prefix + "Symbol", ref order.Symbol);
        int action = (int)order.Action;
        visitor.Visit(prefix + "Action", ref action);
        order.Action = (OrderAction)action;
        int side = (int)order.Side;
        visitor.Visit(prefix + "Side", ref side);
        order.Side = (Side)side;
        int confidence = (int)order.Confidence;
        visitor.Visit(prefix + "Confidence", ref confidence);
        order.Confidence = (Confidence)confidence;
        int reason = (int)order.Reason;
        visitor.Visit(prefix + "Reason", ref reason);
        order.Reason = (ReasonCode)reason;
    }

    private static void Visit<TVisitor>(ref TVisitor visitor, string name, ref ulong value)
        where TVisitor : struct, IFieldVisitor
    {
        long bits = (long)value;
        visitor.Visit(name, ref bits);
        value = (ulong)bits;
    }
}
