using System.Buffers;
using Kedge.Kernel.Perps;
using Kedge.Model.Ledger;
using Kedge.Model.Machines;
using Kedge.Trading.Oms;
using Kedge.Trading.State;

namespace Kedge.Trading.Engine;

// What a restart brings back.
public sealed unsafe partial class TradingEngine
{
    /// <summary>Takes over what the ledger holds, before the first event.</summary>
    /// <param name="image">The ledger as it was opened.</param>
    /// <param name="now">The moment.</param>
    /// <exception cref="InvalidDataException">The saved state is cut, or of a version that this one does not know.</exception>
    /// <exception cref="InvalidOperationException">Events came before, or what is held could not be looked after.</exception>
    public void Restore(LedgerImage image, in Now now)
    {
        ArgumentNullException.ThrowIfNull(image);
        if (_nextTickMs != 0)
        {
            throw new InvalidOperationException("The ledger is taken over before the first event.");
        }

        _batch = image.LastBatch;
        _intents.StartAfter(image.Sequence);
        if (image.State.TryGetValue(StateKeys.Account, out ReadOnlyMemory<byte> account))
        {
            StateBytes.Read(account.Span, ref *_account);
        }

        if (image.State.TryGetValue(StateKeys.Clock, out ReadOnlyMemory<byte> clock))
        {
            RestoreClock(clock.Span);
        }

        for (int i = 0; i < _memory.Symbols; i++)
        {
            if (image.State.TryGetValue(StateKeys.Symbol + _rules.Symbols[i], out ReadOnlyMemory<byte> symbol))
            {
                RestoreSymbol(i, symbol.Span);
            }
        }

        if (_risk is not null && image.State.TryGetValue(StateKeys.Risk, out ReadOnlyMemory<byte> risk))
        {
            _risk.Restore(risk.Span, now);
        }

        RestoreIntents(image);
        RefuseHeldStrangers(image);
        RestoreBook(image);
    }

    /// <summary>A symbol that is held must be watched: nobody would test its exits.</summary>
    private void RefuseHeldStrangers(LedgerImage image)
    {
        foreach ((string symbol, Amount size) in image.Positions)
        {
            if (!size.IsZero && RankOf(symbol) < 0)
            {
                throw new InvalidOperationException(
                    $"{symbol} is held ({size}) and not watched: its exits would never be tested. Add it to the symbols, or close it first"
                );
            }
        }
    }

    /// <summary>The live account: net positions are the ledger's, what of them is somebody else's was kept beside the symbol.</summary>
    private void RestoreBook(LedgerImage image)
    {
        _book.Cash = AccountBook.CashOf(image.Totals);
        _book.HasStarted = image.LastBatch > 0 && _settings.Mode != TradingMode.Paper;
        for (int i = 0; i < _memory.Symbols; i++)
        {
            // A symbol without a net position is not in the image, and may have two that stood against each other.
            decimal net = image.Positions.TryGetValue(_rules.Symbols[i], out Amount size) ? size.ToDecimal() : 0m;
            _book.Own(i) = net - _book.Foreign(i);
        }

        LoadAccount();
    }

    private byte[] SaveSymbol(int symbol)
    {
        ArrayBufferWriter<byte> into = new(2048);
        FieldWriter writer = new(into);
        VisitSymbol(ref writer, symbol);
        int index = 0;
        foreach (BoundaryHolding held in _funding.Held)
        {
            if (held.Symbol == symbol)
            {
                BoundaryHolding copy = held;
                VisitHolding(ref writer, ref copy, index++);
            }
        }

        return into.WrittenSpan.ToArray();
    }

    private void RestoreSymbol(int symbol, ReadOnlySpan<byte> bytes)
    {
        FieldReader reader = new(bytes);
        VisitSymbol(ref reader, symbol);
        for (int i = 0; i <= FundingDesk.HoursRemembered; i++)
        {
            BoundaryHolding held = new(0, symbol, 0, default, 0.0, 0.0);
            VisitHolding(ref reader, ref held, i);
            if (held.BoundaryMs == 0)
            {
                break;
            }

            _funding.Remember(held);
        }
    }

    private byte[] SaveClock()
    {
        ArrayBufferWriter<byte> into = new(256);
        FieldWriter writer = new(into);
        VisitClock(ref writer);
        return into.WrittenSpan.ToArray();
    }

    private void RestoreClock(ReadOnlySpan<byte> bytes)
    {
        FieldReader reader = new(bytes);
        VisitClock(ref reader);
    }

    private void VisitSymbol<TVisitor>(ref TVisitor visitor, int symbol)
        where TVisitor : struct, IFieldVisitor
    {
        KernelFields.Visit(ref visitor, ref _memory.States[symbol]);
        long key = _symbols[symbol].LastEntryKeyMs;
        visitor.Visit("last_entry_key_ms", ref key);
        _symbols[symbol].LastEntryKeyMs = key;
        visitor.Visit("funding_settled_ms", ref _funding.SettledMs(symbol));
        VisitOwner(ref visitor, symbol);
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(_book.Foreign(symbol), bits);
        long low = ((long)bits[1] << 32) | (uint)bits[0];
        long high = ((long)bits[3] << 32) | (uint)bits[2];
        visitor.Visit("foreign_low", ref low);
        visitor.Visit("foreign_high", ref high);
        _book.Foreign(symbol) = new decimal([(int)low, (int)(low >> 32), (int)high, (int)(high >> 32)]);
#if PLANTED_BUGS
        if (IsPlanted(PlantedBug.ForeignForgotten) && typeof(TVisitor) == typeof(FieldReader))
        {
            _book.Foreign(symbol) = 0m;
        }
#endif
    }

    private void VisitClock<TVisitor>(ref TVisitor visitor)
        where TVisitor : struct, IFieldVisitor
    {
        visitor.Visit("last_tick_ms", ref _lastTickMs);
        visitor.Visit("last_test_ms", ref _lastTestMs);
        long reached = _funding.ReachedMs;
        visitor.Visit("reached_ms", ref reached);
        _funding.ReachedMs = reached;
        visitor.Visit("paused", ref _paused);
    }

    private static void VisitHolding<TVisitor>(ref TVisitor visitor, ref BoundaryHolding held, int index)
        where TVisitor : struct, IFieldVisitor
    {
        long boundary = held.BoundaryMs;
        long position = held.PositionId;
        int side = (int)held.Side;
        double size = held.Size;
        double mark = held.Mark;
        string prefix = $"held{index}.";
        visitor.Visit(prefix + "boundary", ref boundary);
        visitor.Visit(prefix + "position", ref position);
        visitor.Visit(prefix + "side", ref side);
        visitor.Visit(prefix + "size", ref size);
        visitor.Visit(prefix + "mark", ref mark);
        held = new BoundaryHolding(boundary, held.Symbol, position, (Kernel.Side)side, size, mark);
    }
}
