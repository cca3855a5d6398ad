using System.Text;

namespace Kedge.Data.Feed.Serving;

// Frames that are no values: greeting, answers, what was left out, how the feed stands.
internal sealed partial class FeedFrameReader
{
    private bool Health(ReadOnlySpan<byte> body)
    {
        if (!FeedHealthReader.TryRead(body, _lateMs, Intern, out FeedHealth health, out long version))
        {
            return false;
        }

        _cursors[4] = version;
        listener.Health(in health);
        return true;
    }

    private bool Shed(ReadOnlySpan<byte> body)
    {
        WireReader r = new(body);
        FeedChannels channel = (FeedChannels)r.U8();
        FeedShedReason reason = (FeedShedReason)r.U8();
        r.Zero(6);
        FeedShed shed = new(channel, reason, r.I64(), r.I64(), r.I64());
        if (!r.IsWhole)
        {
            return false;
        }

        listener.Shed(in shed);
        return true;
    }

    private bool Beat(ReadOnlySpan<byte> body)
    {
        WireReader r = new(body);
        for (int i = 0; i < 4; i++)
        {
            _cursors[i] = Math.Max(_cursors[i], r.I64());
        }

        return r.IsWhole;
    }

    private bool Answer(ReadOnlySpan<byte> body)
    {
        WireReader r = new(body);
        r.U8();
        int channels = r.U8();
        r.U8();
        r.U8();
        r.Zero(4);
        ulong instance = r.U64();
        for (int i = 0; i < FeedProtocol.Cursors; i++)
        {
            long cursor = r.I64();
            if ((channels & (1 << i)) != 0)
            {
                _cursors[i] = Math.Max(_cursors[i], cursor);
            }
        }

        return r.IsWhole && instance == Instance;
    }

    private bool Refused(ReadOnlySpan<byte> body)
    {
        WireReader r = new(body);
        FeedRefusal reason = (FeedRefusal)r.U16();
        r.U8();
        r.Zero(1);
        Refusal = $"{reason}: {Encoding.UTF8.GetString(r.Text())}";
        return r.IsWhole;
    }

    private bool Welcome(ReadOnlySpan<byte> body)
    {
        WireReader r = new(body);
        uint magic = r.U32();
        int version = r.U16();
        r.Zero(2);
        ulong instance = r.U64();
        long startedMs = r.I64();
        r.U32();
        r.U32();
        string venue = Encoding.UTF8.GetString(r.Name());
        if (!r.IsWhole || magic != FeedProtocol.Magic || version != FeedProtocol.Version || IsGreeted)
        {
            return false;
        }

        bool isNew = instance != Instance;
        if (isNew)
        {
            Array.Fill(_cursors, -1);
            Array.Clear(_midSeen);
            Array.Clear(_quoteSeen);
        }

        (Instance, IsGreeted) = (instance, true);
        FeedHello hello = new(instance, isNew, version, venue, startedMs);
        listener.Up(in hello);
        return true;
    }
}
