using Kedge.Golden.Engine;
using Kedge.Kernel;
using Kedge.TestSupport;

namespace Kedge.Golden.Tests;

/// <summary>A run on the generated market.</summary>
/// <param name="Bars">Main bars of each symbol.</param>
/// <param name="Lookback">Lookback.</param>
/// <param name="ExitSubBars">Whether the 3-minute bars are the exit series.</param>
/// <param name="EntrySubBars">Whether the 3-minute bars are the entry series.</param>
/// <param name="Funding">Whether funding is supplied.</param>
/// <param name="Overrides">Configuration keys that differ from their defaults.</param>
internal sealed record GeneratedRun(
    int Bars,
    int Lookback,
    bool ExitSubBars,
    bool EntrySubBars,
    bool Funding,
    IReadOnlyDictionary<string, string> Overrides
)
{
    /// <summary>Runs it with the common settings of golden-scenarios.md §1.</summary>
    public GoldenState Execute()
    {
        Bar[][] main = [.. GoldenMarket.Symbols.Select(s => GoldenMarket.MainBars(s.Seed, Bars))];
        Bar[][] sub =
            ExitSubBars || EntrySubBars ? [.. GoldenMarket.Symbols.Select((s, i) => GoldenMarket.SubBars(s.Seed, main[i]))] : [];
        return GoldenEngine.Run(
            new GoldenInput
            {
                Symbols = [.. GoldenMarket.Symbols.Select(s => s.Symbol)],
                Main = main,
                Exit = ExitSubBars ? sub : null,
                Entry = EntrySubBars ? sub : null,
                Funding = Funding ? [.. GoldenMarket.Symbols.Select(s => GoldenMarket.Funding(s.Symbol, Bars))] : null,
                Parameters = DefaultParameters.With(Overrides),
                Lookback = Lookback,
            }
        );
    }
}
