using System.Globalization;
using Kedge.Kernel;
using Kedge.Model.Venues;
using Kedge.Trading.Engine;

namespace Kedge.Trading.Journal;

/// <summary>What an engine was told, in a line for people.</summary>
public static class InputText
{
    /// <summary>The line of an input.</summary>
    /// <param name="record">An event or a price; anything else has no line.</param>
    /// <param name="symbols">Watched symbols by rank.</param>
    public static string Of(JournalRecord? record, IReadOnlyList<string> symbols)
    {
        ArgumentNullException.ThrowIfNull(symbols);
        string text = record switch
        {
            JournalRecord.Event told => $"{Time(told.At.WallMs)} {Told(told.Told)}",
            JournalRecord.Price price => Plain(
                $"{Time(price.At.WallMs)} price of {Name(price.Tick.Symbol, symbols)}: {price.Tick.Mid:R}"
            ),
            _ => "",
        };
        return text.Length <= EffectText.MaxText ? text : text[..(EffectText.MaxText - 1)] + "…";
    }

    /// <summary>A moment, UTC.</summary>
    public static string Time(long ms) =>
        ms is >= 0 and < 253_402_300_800_000
            ? DateTimeOffset.FromUnixTimeMilliseconds(ms).ToString("yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture)
            : ms.ToString(CultureInfo.InvariantCulture);

    internal static string Name(int symbol, IReadOnlyList<string> symbols) =>
        (uint)symbol < (uint)symbols.Count ? symbols[symbol] : $"symbol {symbol}";

    /// <summary>What was told, without its moment.</summary>
    public static string Told(EngineEvent told)
    {
        ArgumentNullException.ThrowIfNull(told);
        return told switch
        {
            EngineEvent.CandleClosed c => $"bar {c.Symbol} {c.Interval} {Bar(c.Bar)}{(c.IsComplete ? "" : ", not complete")}",
            EngineEvent.CandleRevised r => $"bar {r.Symbol} {r.Interval} of {Time(r.OpenMs)} was revised",
            EngineEvent.BarsLoaded l => $"{l.Bars.Count} bars of {l.Symbol} came from the store (request {l.Request})",
            EngineEvent.TickClosed t => $"tick {Time(t.TimeMs)}: everything that closes then was told",
            EngineEvent.FundingRate f => Plain($"funding rate {f.Symbol} of {Time(f.TimeMs)}: {f.Rate:R}"),
            EngineEvent.Told { Event: VenueEvent.Filled f } => $"venue: fill {f.Fill}",
            EngineEvent.Told t => $"venue: {t.Event}",
            EngineEvent.TimerFired t => $"timer {t.Id}",
            EngineEvent.RunEnded => "the run ended",
            _ => told.ToString(),
        };
    }

    private static string Bar(in Bar b) =>
        Plain($"of {Time(b.OpenTimeMs)}: {b.Open:R} {b.High:R} {b.Low:R} {b.Close:R}, volume {b.Volume:R}");

    private static string Plain(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
