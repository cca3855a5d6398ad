using Kedge.Model;
using Kedge.Model.Market;

namespace Kedge.Data.Hub;

/// <summary>What a hub knows of one symbol.</summary>
internal sealed class HubSymbol(string name, int index, HubSeries[] series)
{
    /// <summary>As the venue spells it.</summary>
    public string Name { get; } = name;

    /// <summary>Its place.</summary>
    public int Index { get; } = index;

    /// <summary>In the order of the settings; the first is the main one.</summary>
    public HubSeries[] Series { get; } = series;

    /// <summary>Somebody wants it.</summary>
    public bool IsWatched { get; set; }

    /// <summary>The feed's mid; the price is 0 when it never told one.</summary>
    public KnownPrice Mid;

    /// <summary>The feed's best bid and offer, as the price between them.</summary>
    public KnownPrice Quote;

    /// <summary>Best bid.</summary>
    public double Bid;

    /// <summary>Best offer.</summary>
    public double Ask;

    /// <summary>Close of the newest candle in the databases.</summary>
    public KnownPrice Stored;

    /// <summary>Close of the newest candle that the venue told in an answer.</summary>
    public KnownPrice Asked;

    /// <summary>When the venue may be asked for its price next, monotonic.</summary>
    public long AskDueMs { get; set; }

    /// <summary>Source of the price.</summary>
    public ChannelState MidState { get; } = new();

    /// <summary>Source of the quote.</summary>
    public ChannelState QuoteState { get; } = new();

    /// <summary>The series of an interval; null when it is not kept.</summary>
    public HubSeries? Of(Interval interval)
    {
        foreach (HubSeries one in Series)
        {
            if (one.Interval == interval)
            {
                return one;
            }
        }

        return null;
    }
}
