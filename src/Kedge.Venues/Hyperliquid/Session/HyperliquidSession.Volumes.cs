using Kedge.Model.Machines;
using Kedge.Model.Venues;
using Kedge.Venues.Hyperliquid.Wire;

namespace Kedge.Venues.Hyperliquid.Session;

/// <summary>What was traded in a day.</summary>
public sealed partial class HyperliquidSession
{
    private void AskVolumes(in Now asked) =>
        info.Ask(
            new InfoQuestion<MetaAndContexts>(
                RequestClass.Query,
                InfoBody.Of("metaAndAssetCtxs"),
                MetaWeight,
                3,
                MetaWaitMs,
                answers.MetaAndContexts,
                static (MetaAndContexts? told, string? error, in Now now, IEffectSink<SessionEffect> to) =>
                    to.Add(new SessionEffect.Emit(Volumes(told, error)))
            ),
            asked
        );

    /// <summary>Symbols that trade, with finite volumes; what is listed twice has none of its own.</summary>
    private static VenueEvent.DayVolumesAnswered Volumes(MetaAndContexts? told, string? error)
    {
        if (told is null)
        {
            return new VenueEvent.DayVolumesAnswered([], error ?? "no answer");
        }

        if (told.Meta.Assets.Count != told.Contexts.Count)
        {
            return new VenueEvent.DayVolumesAnswered(
                [],
                $"the venue told {told.Contexts.Count} volumes of {told.Meta.Assets.Count} instruments"
            );
        }

        DayVolume[] volumes =
        [
            .. told
                .Meta.Assets.Zip(told.Contexts)
                .Where(p => !p.First.IsDelisted && double.IsFinite(p.Second.DayNotionalUsd) && p.Second.DayNotionalUsd >= 0.0)
                .Select(p => new DayVolume(p.First.Name, p.Second.DayNotionalUsd))
                .GroupBy(v => v.Symbol, StringComparer.Ordinal)
                .Where(g => g.Count() == 1)
                .Select(g => g.First()),
        ];
        return new VenueEvent.DayVolumesAnswered(volumes, null);
    }
}
