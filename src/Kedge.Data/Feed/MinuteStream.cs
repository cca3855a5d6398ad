using Kedge.Model.Venues;

namespace Kedge.Data.Feed;

/// <summary>The minutes of one symbol as the stream tells them, until they close.</summary>
internal sealed class MinuteStream
{
    private const int MaxForming = 8;
    private readonly SortedDictionary<long, (VenueCandle Bar, bool IsClean)> _forming = [];
    private long _cleanAfter = long.MaxValue;
    private long _newest;

    /// <summary>The connection broke, is silent, or lost something: what forms now may lack its end, and what comes next its beginning.</summary>
    public void Break()
    {
        _cleanAfter = long.MaxValue;
        foreach ((long t, (VenueCandle bar, _)) in _forming.ToArray())
        {
            _forming[t] = (bar, false);
        }
    }

    /// <summary>Takes an update. One that knows of fewer trades than an earlier one comes out of order and is passed over.</summary>
    /// <returns>It brought a trade.</returns>
    public bool Take(in VenueCandle bar)
    {
        if (_cleanAfter == long.MaxValue)
        {
            _cleanAfter = bar.OpenMs;
        }

        _newest = Math.Max(_newest, bar.OpenMs);
        if (_forming.TryGetValue(bar.OpenMs, out (VenueCandle Bar, bool IsClean) before) && before.Bar.Trades > bar.Trades)
        {
            return false;
        }

        _forming[bar.OpenMs] = (bar, bar.OpenMs > _cleanAfter);
        if (_forming.Count > MaxForming)
        {
            _forming.Remove(_forming.Keys.First());
        }

        return before.Bar.Trades < bar.Trades;
    }

    /// <summary>
    /// Takes out the minutes that open before a moment: those that both began and ended on one unbroken connection, told by a later minute, are
    /// returned; the others are for the venue to confirm.
    /// </summary>
    public List<VenueCandle> TakeClosed(long frontier)
    {
        List<VenueCandle> closed = [];
        foreach ((long t, (VenueCandle bar, bool isClean)) in _forming.ToArray())
        {
            if (t < frontier && isClean && _newest > t)
            {
                closed.Add(bar);
                _forming.Remove(t);
            }
        }

        return closed;
    }

    /// <summary>The bar came another way.</summary>
    public void Drop(long t) => _forming.Remove(t);
}
