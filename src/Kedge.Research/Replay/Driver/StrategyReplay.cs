using Kedge.Kernel;
using Kedge.Model;
using Kedge.Trading.Engine;
using Kedge.Trading.Strategies;

namespace Kedge.Research.Replay.Driver;

/// <summary>A replay of strategies behind the port: the trading engine itself on recorded candles, filling on paper at the price of the decision.</summary>
public static class StrategyReplay
{
    /// <summary>Runs the replay.</summary>
    /// <param name="input">Candles, parameters and limits; without an init-state.</param>
    /// <param name="book">Which strategy has which symbol; all symbols of the input.</param>
    /// <param name="notes">What a reader of the result must know is added here.</param>
    /// <exception cref="KedgeException">A strategy failed, or the run cannot be done (exit 2).</exception>
    public static ReplayOutcome Run(ReplayInput input, StrategyBook book, List<string> notes)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(book);
        ArgumentNullException.ThrowIfNull(notes);
        if (input.InitState is not null)
        {
            throw KedgeException.Usage("--init-state does not go with --strategy: positions of an init-state have no strategy");
        }

        if (Shares(book).Any(s => s.Name == StrategyNames.Kernel) && input.Portfolio.IntrabarExits)
        {
            throw KedgeException.Usage(
                $"backtest.intrabar_exits does not go with --strategy {StrategyNames.Kernel}: an engine sees prices, not the inside of bars. Set it to false"
            );
        }

        EngineSettings settings = CandleDriver.Settings(input, "replay") with { Strategies = book };
        using TradingEngine engine = new(settings, CandleDriver.RulesOf(input));
        SortedDictionary<string, int> refused = new(StringComparer.Ordinal);
        CandleDriver driver = new(input, engine) { Heard = effect => Hear(effect, refused) };
        ReplayOutcome outcome = driver.Run();
        input.Progress?.Invoke(1.0);
        if (refused.Count > 0)
        {
            notes.Add($"signals and orders refused: {string.Join(", ", refused.Select(r => $"{r.Key} {r.Value}"))}");
        }

        notes.Add("strategies are not asked through the kernel's gates: the gate funnel is empty");
        return outcome;
    }

    /// <summary>The strategies of a book with their symbols, the kernel's first.</summary>
    public static IReadOnlyList<ReplayStrategy> Shares(StrategyBook book)
    {
        ArgumentNullException.ThrowIfNull(book);
        return
        [
            .. book
                .Symbols.GroupBy(book.IdentityOf)
                .OrderBy(g => book.PlaceOf(g.First()))
                .Select(g => new ReplayStrategy(g.Key.Name, g.Key.Version, [.. g])),
        ];
    }

    private static void Hear(EngineEffect effect, SortedDictionary<string, int> refused)
    {
        string? code = effect switch
        {
            EngineEffect.SignalRefused signal => signal.Code,
            EngineEffect.Refused order => order.Code,
            EngineEffect.Alert { Code: "strategy_failed" } alert => throw KedgeException.Usage(alert.Text),
            _ => null,
        };
        if (code is not null)
        {
            refused[code] = refused.GetValueOrDefault(code) + 1;
        }
    }
}
