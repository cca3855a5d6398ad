using System.Buffers.Binary;

namespace Kedge.Simulation.Venues;

/// <summary>
/// Text messages on a stream of bytes, as a WebSocket gives them: each is its length (four bytes, little-endian) and its bytes. Put together from
/// whatever pieces arrive.
/// </summary>
public sealed class MessageFrames
{
    private const int HeaderBytes = 4;
    private readonly int _bytesMax;
    private byte[] _buffer = new byte[4096];
    private int _have;

    /// <summary>An empty stream.</summary>
    /// <param name="bytesMax">Longest message. A longer one breaks the stream for good: its end cannot be found.</param>
    public MessageFrames(int bytesMax)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bytesMax, 1);
        _bytesMax = bytesMax;
    }

    /// <summary>Whether a message was longer than allowed. Nothing is read from then on.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>A message as it goes on the wire.</summary>
    public static byte[] Write(ReadOnlySpan<byte> text)
    {
        byte[] frame = new byte[HeaderBytes + text.Length];
        BinaryPrimitives.WriteInt32LittleEndian(frame, text.Length);
        text.CopyTo(frame.AsSpan(HeaderBytes));
        return frame;
    }

    /// <summary>Takes what arrived.</summary>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        if (IsBroken)
        {
            return;
        }

        if (_have + bytes.Length > _buffer.Length)
        {
            Array.Resize(ref _buffer, (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)(_have + bytes.Length)));
        }

        bytes.CopyTo(_buffer.AsSpan(_have));
        _have += bytes.Length;
    }

    /// <summary>Takes the next whole message out; false when there is none.</summary>
    /// <param name="text">Memory of its own.</param>
    public bool TryTake(out byte[] text)
    {
        text = [];
        if (IsBroken || _have < HeaderBytes)
        {
            return false;
        }

        int length = BinaryPrimitives.ReadInt32LittleEndian(_buffer);
        if (length < 0 || length > _bytesMax)
        {
            IsBroken = true;
            _have = 0;
            return false;
        }

        if (_have - HeaderBytes < length)
        {
            return false;
        }

        text = _buffer.AsSpan(HeaderBytes, length).ToArray();
        _have -= HeaderBytes + length;
        _buffer.AsSpan(HeaderBytes + length, _have).CopyTo(_buffer);
        return true;
    }
}
