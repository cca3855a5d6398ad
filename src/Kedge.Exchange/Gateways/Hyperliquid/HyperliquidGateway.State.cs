using System.Buffers.Binary;
using Kedge.Exchange.Core;
using Kedge.Exchange.Core.Engine;
using Kedge.Exchange.Market;
using Kedge.Kernel;

namespace Kedge.Exchange.Gateways.Hyperliquid;

/// <summary>
/// Saving and restoring: the core, histories, nonces, candles and where the market stands. Connections, subscriptions and request weight are not
/// part of it: after a restart clients connect anew.
/// </summary>
public sealed partial class HyperliquidGateway
{
    private const long Format = 0x4B_45_44_47_45_47_57_32;
    private const int HeadBytes = 16;

    /// <summary>How far the time the venue tells is from the true one, milliseconds. Saved with the rest.</summary>
    public long ClockStepMs => _store.ClockStepMs;

    /// <summary>All state as bytes: format, length of the core's part, the core with its hash, the rest with its hash.</summary>
    public byte[] Save()
    {
        byte[] core = Core.Save();
        StateWriter writer = new(keepBytes: true);
        _store.Save(writer);
        _store.Candles.Save(writer);
        writer.Write(_store.Player is not null);
        _store.Player?.Save(writer);
        writer.Write(unchecked((long)writer.Hash));
        byte[] bytes = new byte[HeadBytes + core.Length + writer.Bytes.Length];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, Format);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(8), core.Length);
        core.CopyTo(bytes, HeadBytes);
        writer.Bytes.CopyTo(bytes.AsSpan(HeadBytes + core.Length));
        return bytes;
    }

    /// <summary>A gateway in the state that was saved, under the same rules and with the same market.</summary>
    /// <param name="exchange">Rules of the core.</param>
    /// <param name="settings">How strict the gateway is; this may have changed.</param>
    /// <param name="market">As when it was saved.</param>
    /// <param name="bytes">From <see cref="Save"/>.</param>
    /// <exception cref="InvalidDataException">The bytes are damaged, or of another exchange or market.</exception>
    public static HyperliquidGateway Restore(
        ExchangeSettings exchange,
        GatewaySettings settings,
        GatewayMarket? market,
        ReadOnlySpan<byte> bytes
    )
    {
        if (bytes.Length < HeadBytes || BinaryPrimitives.ReadInt64LittleEndian(bytes) != Format)
        {
            throw new InvalidDataException("These bytes are no saved exchange.");
        }

        long coreBytes = BinaryPrimitives.ReadInt64LittleEndian(bytes[8..]);
        if (coreBytes < 0 || coreBytes > bytes.Length - HeadBytes)
        {
            throw new InvalidDataException("The saved exchange is cut short.");
        }

        ExchangeCore core = ExchangeCore.Restore(exchange, bytes.Slice(HeadBytes, (int)coreBytes));
        StateReader reader = new(bytes[(HeadBytes + (int)coreBytes)..]);
        try
        {
            return Load(core, settings, market, ref reader);
        }
        catch (Exception broken) when (broken is ArgumentException or OverflowException or IndexOutOfRangeException)
        {
            throw new InvalidDataException("The saved exchange is damaged.", broken);
        }
    }

    private static HyperliquidGateway Load(
        ExchangeCore core,
        GatewaySettings settings,
        GatewayMarket? market,
        ref StateReader reader
    )
    {
        if (!AddsUp(reader))
        {
            throw new InvalidDataException("The saved gateway does not add up to its hash.");
        }

        HyperliquidGateway gateway = new(core, settings, market);
        CandleStore candles = gateway._store.Candles;
        gateway._store.Load(ref reader);
        candles.Restore(ref reader);
        if (reader.ReadBool() != market is not null)
        {
            throw new InvalidDataException(
                "The exchange was saved with a market and is restored without, or the other way round."
            );
        }

        gateway._store.Player?.Load(ref reader);
        reader.Read();
        return reader.IsAtEnd ? gateway : throw new InvalidDataException("The saved gateway is longer than its state.");
    }

    /// <summary>Whether the last word is the hash of those before it. Less may be kept of them under other settings, so the bytes are what counts.</summary>
    private static bool AddsUp(StateReader words)
    {
        ulong hash = StateHash.Seed;
        long last = words.Read();
        while (!words.IsAtEnd)
        {
            hash = StateHash.Mix(hash, unchecked((ulong)last));
            last = words.Read();
        }

        return hash == unchecked((ulong)last);
    }
}
