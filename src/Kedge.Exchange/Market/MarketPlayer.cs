using Kedge.Exchange.Core;
using Kedge.Exchange.Core.Engine;

namespace Kedge.Exchange.Market;

/// <summary>Plays the bars of all symbols.</summary>
internal sealed class MarketPlayer
{
    private readonly List<FundingRateRecord>[] _funding = [];

    public MarketPlayer(
        ExchangeSettings exchange,
        IReadOnlyList<MarketSeries> series,
        MarketSettings settings,
        CandleStore candles,
        long startMs
    )
    {
        _ = (exchange, series, settings, candles, startMs);
    }

    /// <summary>When the next step is due, UTC epoch milliseconds; <see cref="long.MaxValue"/> when nothing will come.</summary>
    public long DueMs { get; private set; } = long.MaxValue;

    /// <summary>
    /// The next step that is due. The gateway calls it until it says no before it handles any input, has the core carry out the commands at the
    /// step's own moment (<see cref="MarketStep.TimeMs"/> as wall clock), and sets a timer for <see cref="DueMs"/> after.
    /// </summary>
    public bool TryNext(ExchangeCore core, long wallMs, out MarketStep step)
    {
        _ = (core, wallMs, DueMs);
        step = default;
        return false;
    }

    /// <summary>Funding rates of a symbol, oldest first; the newest that are kept.</summary>
    public IReadOnlyList<FundingRateRecord> FundingHistory(int symbol) => _funding[symbol];

    /// <summary>Writes where the play stands.</summary>
    public void Save(StateWriter writer) => writer.Write(DueMs);

    /// <summary>Takes up the play where <see cref="Save"/> left it; the series must be the same.</summary>
    public void Load(ref StateReader reader) => DueMs = reader.Read();
}
