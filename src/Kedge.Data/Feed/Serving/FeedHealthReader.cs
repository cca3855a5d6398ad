using System.Text;
using Kedge.Model.Venues;

namespace Kedge.Data.Feed.Serving;

/// <summary>Reads how a feed stands.</summary>
internal static class FeedHealthReader
{
    internal delegate string Names(ReadOnlySpan<byte> name);

    internal static bool TryRead(ReadOnlySpan<byte> body, long lateMs, Names intern, out FeedHealth health, out long version)
    {
        WireReader r = new(body);
        bool isUp = r.U8() != 0;
        r.Zero(3);
        int epoch = (int)r.U32();
        long since = r.I64() + lateMs;
        int clients = (int)r.U32();
        int symbols = (int)r.U32();
        long mids = r.I64();
        long quotes = r.I64();
        long candles = r.I64();
        long account = r.I64();
        long leftOut = r.I64();
        long sheds = r.I64();
        long refused = r.I64();
        int stale = (int)r.U32();
        int reasons = r.U16();
        int named = r.U16();
        version = r.I64();
        string reason = Encoding.UTF8.GetString(r.Text());
        List<FeedRefusalCount> refusals = [];
        for (int i = 0; i < reasons && !r.IsBad; i++)
        {
            refusals.Add(new FeedRefusalCount((FeedRefusal)r.U16(), r.I64()));
        }

        List<FeedStaleStream> streams = [];
        for (int i = 0; i < named && !r.IsBad; i++)
        {
            streams.Add(new FeedStaleStream((VenueChannel)(r.U8() - 1), intern(r.Name()), r.I64() + lateMs));
        }

        health = new FeedHealth(
            isUp,
            epoch,
            since,
            reason,
            clients,
            symbols,
            mids,
            quotes,
            candles,
            account,
            leftOut,
            sheds,
            refused,
            refusals,
            stale,
            streams
        );
        return r.IsWhole;
    }
}
