using System.Text;
using Kedge.Model.Venues;

namespace Kedge.Data.Feed.Serving;

/// <summary>What the server tells of the venue's connection and of itself.</summary>
internal sealed class FeedServerHealth(long nowMs)
{
    private const int MaxStale = 8_192;
    private readonly OrderedDictionary<(VenueChannel Channel, string Symbol), long> _stale = [];
    private readonly SortedDictionary<FeedRefusal, long> _refusals = [];
    private bool _isUp;
    private int _epoch;
    private long _sinceMs = nowMs;
    private string _reason = "not connected yet";

    /// <summary>Counts changes that clients are told at once.</summary>
    internal long Version { get; private set; }

    internal long LeftOut { get; set; }

    internal long Sheds { get; set; }

    internal long Refused { get; private set; }

    internal void Up(int epoch, long nowMs)
    {
        (_isUp, _epoch, _sinceMs, _reason) = (true, epoch, nowMs, "");
        Version++;
    }

    internal void Down(string reason, long nowMs)
    {
        (_isUp, _sinceMs, _reason) = (false, _isUp ? nowMs : _sinceMs, reason);
        // All of them are silent now; those that stay so after the next connection are told anew.
        _stale.Clear();
        Version++;
    }

    internal void Aged(VenueEvent.StreamAged aged, long nowMs)
    {
        (VenueChannel, string) key = (aged.Channel, aged.Symbol ?? "");
        if (!aged.IsStale)
        {
            _stale.Remove(key);
        }
        else if (_stale.Count < MaxStale || _stale.ContainsKey(key))
        {
            _stale[key] = nowMs - aged.AgeMs;
        }

        Version++;
    }

    internal void Refuse(FeedRefusal reason)
    {
        Refused++;
        _refusals[reason] = _refusals.GetValueOrDefault(reason) + 1;
    }

    /// <summary>The same as a value.</summary>
    internal FeedHealth Snapshot(long nowMs, int clients, int symbols, ReadOnlySpan<long> heads) =>
        new(
            _isUp,
            _epoch,
            nowMs - _sinceMs,
            _reason,
            clients,
            symbols,
            heads[0],
            heads[1],
            heads[2],
            heads[3],
            LeftOut,
            Sheds,
            Refused,
            [.. _refusals.Select(r => new FeedRefusalCount(r.Key, r.Value))],
            _stale.Count,
            [
                .. _stale
                    .Take(FeedHealth.MaxStaleNamed)
                    .Select(s => new FeedStaleStream(s.Key.Channel, s.Key.Symbol, nowMs - s.Value)),
            ]
        );

    /// <summary>Writes the frame.</summary>
    internal void Write(ref FrameWriter w, uint request, long nowMs, int clients, int symbols, scoped ReadOnlySpan<long> heads)
    {
        w.Begin(FeedMessage.Health, 0, request);
        w.U8((byte)(_isUp ? 1 : 0));
        w.Take(3).Clear();
        w.U32((uint)_epoch);
        w.I64(nowMs - _sinceMs);
        w.U32((uint)clients);
        w.U32((uint)symbols);
        foreach (long head in heads)
        {
            w.I64(head);
        }

        w.I64(LeftOut);
        w.I64(Sheds);
        w.I64(Refused);
        int named = Math.Min(_stale.Count, FeedHealth.MaxStaleNamed);
        w.U32((uint)_stale.Count);
        w.U16(_refusals.Count);
        w.U16(named);
        w.I64(Version);
        w.Text(_reason);
        foreach ((FeedRefusal reason, long count) in _refusals)
        {
            w.U16((int)reason);
            w.I64(count);
        }

        for (int i = 0; i < named; i++)
        {
            ((VenueChannel channel, string symbol), long lastMs) = _stale.GetAt(i);
            byte[] name = Encoding.UTF8.GetBytes(symbol);
            w.U8((byte)(1 + (int)channel));
            w.Name(name.AsSpan(0, Math.Min(name.Length, FeedProtocol.MaxSymbolBytes)));
            w.I64(nowMs - lastMs);
        }

        w.End(1);
    }
}
