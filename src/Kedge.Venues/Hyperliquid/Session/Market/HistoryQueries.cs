using Kedge.Model.Machines;
using Kedge.Model.Venues;
using Kedge.Venues.Hyperliquid.Wire;
using VenueCandle = Kedge.Model.Venues.VenueCandle;
using WireCandle = Kedge.Venues.Hyperliquid.Wire.VenueCandle;

namespace Kedge.Venues.Hyperliquid.Session.Market;

/// <summary>
/// Candles and funding rates of the past, page by page: a page that is full is followed by a question that begins after its last record. A bounded
/// number of queries is under way; more are answered with an error.
/// </summary>
internal sealed class HistoryQueries(InfoDesk info, AnswerDecoder decoder)
{
    private const int MaxQueries = 512;
    private const int FullPage = 500;
    private const int Attempts = 6;
    private const int WaitMs = 300_000;
    private const int BaseWeight = 20;
    private const int CandlesPerWeight = 60;
    private const int RatesPerWeight = 20;
    private const int MaxCandles = 5_000;

    private int underWay;

    /// <summary>Begins a query.</summary>
    public void Ask(VenueCommand.QueryCandles query, in Now now, IEffectSink<SessionEffect> effects)
    {
        string? error =
            underWay >= MaxQueries ? "too many queries"
            : query.FromMs < 0 || string.IsNullOrEmpty(query.Symbol) || query.Interval.Ms <= 0
                ? "not a query that can be answered"
            : null;
        if (error is not null || query.FromMs >= query.ToMs)
        {
            effects.Add(new SessionEffect.Emit(new VenueEvent.CandlesAnswered(query.Request, [], IsLast: true, error)));
            return;
        }

        underWay++;
        AskCandles(query, query.FromMs, now);
    }

    /// <summary>Begins a query.</summary>
    public void Ask(VenueCommand.QueryFundingRates query, in Now now, IEffectSink<SessionEffect> effects)
    {
        string? error =
            underWay >= MaxQueries ? "too many queries"
            : query.FromMs < 0 || string.IsNullOrEmpty(query.Symbol) ? "not a query that can be answered"
            : null;
        if (error is not null || query.FromMs >= query.ToMs)
        {
            effects.Add(new SessionEffect.Emit(new VenueEvent.FundingRatesAnswered(query.Request, [], IsLast: true, error)));
            return;
        }

        underWay++;
        AskRates(query, query.FromMs, now);
    }

    private void AskCandles(VenueCommand.QueryCandles query, long fromMs, in Now now) =>
        info.Ask(
            new InfoQuestion<IReadOnlyList<WireCandle>>(
                RequestClass.Bulk,
                InfoBody.Candles(query.Symbol, query.Interval.Name, fromMs, query.ToMs - 1),
                BaseWeight,
                Attempts,
                WaitMs,
                decoder.Candles,
                (IReadOnlyList<WireCandle>? page, string? error, in Now at, IEffectSink<SessionEffect> effects) =>
                    Heard(query, fromMs, page, error, at, effects)
            )
            {
                MaxItemWeight = (MaxCandles + CandlesPerWeight - 1) / CandlesPerWeight,
                ItemWeight = static items => (items.Count + CandlesPerWeight - 1) / CandlesPerWeight,
            },
            now
        );

    private void Heard(
        VenueCommand.QueryCandles query,
        long fromMs,
        IReadOnlyList<WireCandle>? page,
        string? error,
        in Now now,
        IEffectSink<SessionEffect> effects
    )
    {
        VenueCandle[] candles =
        [
            .. (page ?? [])
                .Where(c => c.OpenTimeMs >= fromMs && c.OpenTimeMs < query.ToMs)
                .Where(c => string.Equals(c.Coin, query.Symbol, StringComparison.Ordinal))
                .Select(CandleTape.From)
                .GroupBy(c => c.OpenMs)
                .Select(g => g.Last())
                .OrderBy(c => c.OpenMs),
        ];
        long next = candles.Length > 0 ? candles[^1].OpenMs + query.Interval.Ms : query.ToMs;
        bool isLast = error is not null || page is not { Count: >= FullPage } || next >= query.ToMs;
        effects.Add(new SessionEffect.Emit(new VenueEvent.CandlesAnswered(query.Request, candles, isLast, error)));
        if (isLast)
        {
            underWay--;
        }
        else
        {
            AskCandles(query, next, now);
        }
    }

    private void AskRates(VenueCommand.QueryFundingRates query, long fromMs, in Now now) =>
        info.Ask(
            new InfoQuestion<IReadOnlyList<FundingRate>>(
                RequestClass.Bulk,
                InfoBody.FundingRates(query.Symbol, fromMs, query.ToMs - 1),
                BaseWeight,
                Attempts,
                WaitMs,
                decoder.FundingRates,
                (IReadOnlyList<FundingRate>? page, string? error, in Now at, IEffectSink<SessionEffect> effects) =>
                    Heard(query, fromMs, page, error, at, effects)
            )
            {
                MaxItemWeight = FullPage / RatesPerWeight,
                ItemWeight = static items => (items.Count + RatesPerWeight - 1) / RatesPerWeight,
            },
            now
        );

    private void Heard(
        VenueCommand.QueryFundingRates query,
        long fromMs,
        IReadOnlyList<FundingRate>? page,
        string? error,
        in Now now,
        IEffectSink<SessionEffect> effects
    )
    {
        (long TimeMs, double Rate)[] rates =
        [
            .. (page ?? [])
                .Where(r => r.TimeMs >= fromMs && r.TimeMs < query.ToMs)
                .Select(r => (r.TimeMs, r.Rate))
                .DistinctBy(r => r.TimeMs)
                .OrderBy(r => r.TimeMs),
        ];
        long next = rates.Length > 0 ? rates[^1].TimeMs + 1 : query.ToMs;
        bool isLast = error is not null || page is not { Count: >= FullPage } || next >= query.ToMs;
        effects.Add(new SessionEffect.Emit(new VenueEvent.FundingRatesAnswered(query.Request, rates, isLast, error)));
        if (isLast)
        {
            underWay--;
        }
        else
        {
            AskRates(query, next, now);
        }
    }
}
