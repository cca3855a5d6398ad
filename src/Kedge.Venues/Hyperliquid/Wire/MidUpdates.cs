namespace Kedge.Venues.Hyperliquid.Wire;

/// <summary>The mid prices of one message, by symbol id. Reused from message to message; nothing is allocated while no symbol is added.</summary>
public sealed class MidUpdates
{
    private int[] ids = [];
    private double[] prices = [];
    private int[] stamps = [];
    private int stamp;

    /// <summary>How many prices there are.</summary>
    public int Count { get; private set; }

    /// <summary>Symbols the table did not name.</summary>
    public int UnknownSymbols { get; private set; }

    /// <summary>Symbols whose price cannot be one: zero, negative, or no number. They are not among the prices.</summary>
    public int BadPrices { get; private set; }

    /// <summary>Id of the last of them; −1 for none.</summary>
    public int LastBad { get; private set; } = -1;

    /// <summary>Symbol ids, in the message's order.</summary>
    public ReadOnlySpan<int> Ids => ids.AsSpan(0, Count);

    /// <summary>Prices, beside the ids.</summary>
    public ReadOnlySpan<double> Prices => prices.AsSpan(0, Count);

    internal void Clear(int symbols)
    {
        Count = 0;
        UnknownSymbols = 0;
        BadPrices = 0;
        LastBad = -1;
        if (symbols > ids.Length)
        {
            ids = new int[symbols];
            prices = new double[symbols];
            stamps = new int[symbols];
            stamp = 0;
        }

        if (++stamp == int.MaxValue)
        {
            Array.Clear(stamps);
            stamp = 1;
        }
    }

    /// <summary>False when the symbol was there already.</summary>
    internal bool Add(int id, double price)
    {
        if (stamps[id] == stamp)
        {
            return false;
        }

        stamps[id] = stamp;
        ids[Count] = id;
        prices[Count++] = price;
        return true;
    }

    internal void AddUnknown() => UnknownSymbols++;

    internal void AddBad(int id)
    {
        BadPrices++;
        LastBad = id;
    }
}
