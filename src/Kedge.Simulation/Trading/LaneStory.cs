using System.Globalization;
using Kedge.Model.Venues;
using Kedge.Simulation.Faults;
using Kedge.Simulation.Scheduling;
using Kedge.Trading.Engine;
using Kedge.Trading.Journal;

namespace Kedge.Simulation.Trading;

/// <summary>The story of a run for a person: what the engine was told and did, what went wrong and what was done about it.</summary>
public static class LaneStory
{
    /// <summary>The line of an entry of the trace, simulated milliseconds first; null for prices, timers and what the wire carries.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="symbols">Symbols of the lane, in ordinal order.</param>
    public static string? Line(SimTraceEntry entry, IReadOnlyList<string> symbols)
    {
        bool isEngine = entry.Source.EndsWith("/engine", StringComparison.Ordinal);
        string? text = entry.Subject switch
        {
            EngineEffect.SetTimer or EngineEvent.TimerFired => null,
            EngineEvent told when isEngine => Told(told),
            EngineEffect effect when isEngine => EffectText.Of(effect, symbols),
            InjectedFault fault => $"{fault.Kind} of {fault.Target} ({fault.Cause})",
            { } other when isEngine || entry.What is "problem" or "no start" => other.ToString(),
            _ when entry.Source == "mischief" => entry.Subject?.ToString() ?? "",
            _ => null,
        };
        return text is null
            ? null
            : string.Create(CultureInfo.InvariantCulture, $"{entry.AtUs / 1_000.0, 14:F3} {entry.Source} {entry.What} {text}");
    }

    private static string Told(EngineEvent told) =>
        told switch
        {
            EngineEvent.Told { Event: VenueEvent.AccountAnswered { Error: null } a } => string.Create(
                CultureInfo.InvariantCulture,
                $"venue: account of {a.EquityUsd} USD, {a.Positions.Count} positions{string.Concat(a.Positions.Select(p => string.Create(CultureInfo.InvariantCulture, $", {p.Symbol} {p.Size}")))}"
            ),
            EngineEvent.Told { Event: VenueEvent.OpenOrdersAnswered { Error: null } o } => $"venue: {o.Orders.Count} open orders",
            EngineEvent.Told { Event: VenueEvent.InstrumentsAnswered { Error: null } i } =>
                $"venue: {i.Instruments.Count} instruments",
            _ => InputText.Told(told),
        };
}
