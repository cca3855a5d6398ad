namespace Kedge.Trading.Risk;

/// <summary>Cash of the open position of each symbol, so that many partial fills are one round trip; and its losses in a row.</summary>
internal sealed class RoundTrips(int symbols)
{
    private readonly double[] _cash = new double[symbols];
    private readonly int[] _losses = new int[symbols];
    private readonly long[] _pausedUntilMs = new long[symbols];

    /// <summary>Losing round trips in a row.</summary>
    public int Losses(int symbol) => _losses[symbol];

    /// <summary>Until when entries pause, UTC epoch milliseconds; 0 = they do not.</summary>
    public long PausedUntilMs(int symbol) => _pausedUntilMs[symbol];

    /// <summary>Adds cash of a position.</summary>
    /// <param name="symbol">Rank of the symbol.</param>
    /// <param name="cash">USD, after fees.</param>
    /// <param name="closes">Nothing is held after it.</param>
    /// <param name="net">Profit of the whole round trip, when it closes.</param>
    public bool Add(int symbol, double cash, bool closes, out double net)
    {
        _cash[symbol] += cash;
        net = _cash[symbol];
        if (closes)
        {
            _cash[symbol] = 0.0;
        }

        return closes;
    }

    /// <summary>Counts a round trip; true when its symbol pauses from now on.</summary>
    public bool Count(RiskSettings settings, int symbol, double net, long wallMs)
    {
        _losses[symbol] = net < 0.0 ? _losses[symbol] + 1 : 0;
        if (settings.LossStreakMaxLosses <= 0 || _losses[symbol] < settings.LossStreakMaxLosses)
        {
            return false;
        }

        _losses[symbol] = 0;
        _pausedUntilMs[symbol] = wallMs + (settings.LossStreakPauseMinutes * 60_000L);
        return true;
    }

    /// <summary>Ends a pause.</summary>
    public void Resume(int symbol) => (_losses[symbol], _pausedUntilMs[symbol]) = (0, 0);

    public void Save(ref StateWriter writer, int symbol)
    {
        writer.Double(_cash[symbol]);
        writer.Int(_losses[symbol]);
        writer.Long(_pausedUntilMs[symbol]);
    }

    /// <summary>A symbol that is gone (−1) is read over.</summary>
    public void Restore(ref StateReader reader, int symbol)
    {
        double cash = reader.Double();
        int losses = reader.Int();
        long paused = reader.Long();
        if (symbol >= 0)
        {
            (_cash[symbol], _losses[symbol], _pausedUntilMs[symbol]) = (cash, losses, paused);
        }
    }
}
