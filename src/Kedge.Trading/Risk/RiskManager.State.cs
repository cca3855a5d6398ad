using System.Buffers;
using Kedge.Model.Machines;

namespace Kedge.Trading.Risk;

/// <content>The state as bytes.</content>
public sealed partial class RiskManager
{
    private const int StateVersion = 1;

    /// <summary>Writes the whole state. Open reservations are not part of it: their orders have not gone.</summary>
    public void Save(in Now now, IBufferWriter<byte> into)
    {
        StateWriter writer = new(into);
        writer.Int(StateVersion);
        _clock.Save(ref writer);
        writer.Long(_receipts);
        _rates.Save(ref writer, now.MonotonicMs);
        _losses.Save(ref writer, now.MonotonicMs);
        _slippage.Save(ref writer);
        _performance.Save(ref writer);
        Switches.Save(ref writer);
        Health.Save(ref writer, now.MonotonicMs);
        writer.Int(_symbols.Length);
        for (int i = 0; i < _symbols.Length; i++)
        {
            writer.Text(_symbols[i]);
            _rates.SaveSymbol(ref writer, i, now.MonotonicMs);
            _trips.Save(ref writer, i);
        }
    }

    /// <summary>Takes over a saved state, at the start only. Symbols are found by name; the time since the saving refills no bucket.</summary>
    /// <exception cref="InvalidDataException">The bytes are cut, or of another version.</exception>
    public void Restore(ReadOnlySpan<byte> state, in Now now)
    {
        StateReader reader = new(state);
        if (reader.Int() != StateVersion)
        {
            throw new InvalidDataException("The saved risk state is of another version.");
        }

        long savedWallMs = _clock.Restore(ref reader, in now);
        long downMs = Math.Max(0, _clock.WallMs - savedWallMs);
        _receipts = reader.Long();
        _rates.Restore(ref reader, now.MonotonicMs);
        _losses.Restore(ref reader, now.MonotonicMs, downMs);
        _slippage.Restore(ref reader);
        _performance.Restore(ref reader);
        Switches.Restore(ref reader);
        Health.Restore(ref reader, now.MonotonicMs);
        _open.Clear();
        for (int n = reader.Count(int.MaxValue); n > 0; n--)
        {
            int symbol = Array.IndexOf(_symbols, reader.Text());
            _rates.RestoreSymbol(ref reader, symbol, now.MonotonicMs);
            _trips.Restore(ref reader, symbol);
        }

        reader.End();
    }
}
