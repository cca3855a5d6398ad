using Kedge.Model;

namespace Kedge.Trading.Strategies;

/// <summary>Which strategy a lane's symbols belong to: each to one, to the kernel or to a strategy behind the port. Immutable.</summary>
public sealed class StrategyBook
{
    private readonly Dictionary<string, int> _ports = new(StringComparer.Ordinal);
    private readonly HashSet<string> _kernel;

    private StrategyBook(IReadOnlyList<StrategyAssignment> assignments, IEnumerable<string> kernel)
    {
        Assignments = assignments;
        _kernel = new HashSet<string>(kernel, StringComparer.Ordinal);
    }

    /// <summary>Strategies behind the port, in ordinal order of their names: the order they are asked in.</summary>
    public IReadOnlyList<StrategyAssignment> Assignments { get; }

    /// <summary>What kind of thing the lane's symbols are; signals for another kind are refused.</summary>
    public AssetType Asset { get; private init; } = AssetType.Perp;

    /// <summary>All symbols, in ordinal order.</summary>
    public IReadOnlyList<string> Symbols => [.. _kernel.Concat(_ports.Keys).Order(StringComparer.Ordinal)];

    /// <summary>Divides a lane's symbols.</summary>
    /// <param name="kernel">Symbols of the rules in the kernel; may be none.</param>
    /// <param name="assignments">Strategies and their symbols.</param>
    /// <param name="asset">What kind of thing the lane trades.</param>
    /// <exception cref="KedgeException">A symbol has two strategies, a strategy is named twice, or its settings are none (exit 2).</exception>
    public static StrategyBook Of(
        IReadOnlyList<string> kernel,
        IReadOnlyList<StrategyAssignment> assignments,
        AssetType asset = AssetType.Perp
    )
    {
        ArgumentNullException.ThrowIfNull(kernel);
        ArgumentNullException.ThrowIfNull(assignments);
        StrategyAssignment[] sorted = [.. assignments.OrderBy(a => a.Strategy.Name, StringComparer.Ordinal)];
        StrategyBook book = new(sorted, kernel) { Asset = asset };
        for (int i = 0; i < sorted.Length; i++)
        {
            StrategyAssignment assignment = sorted[i];
            Check(assignment);
            if (i > 0 && string.Equals(sorted[i - 1].Strategy.Name, assignment.Strategy.Name, StringComparison.Ordinal))
            {
                throw KedgeException.Usage(
                    $"strategy {assignment.Strategy.Name} is named twice; name it once, with all its symbols"
                );
            }

            foreach (string symbol in assignment.Symbols)
            {
                string? other =
                    book._kernel.Contains(symbol) ? StrategyNames.Kernel
                    : book._ports.TryGetValue(symbol, out int owner) ? sorted[owner].Strategy.Name
                    : null;
                if (other is not null)
                {
                    throw KedgeException.Usage(
                        $"{symbol} is given to {other} and to {assignment.Strategy.Name}: a symbol has one strategy; take it from one of them"
                    );
                }

                book._ports.Add(symbol, i);
            }
        }

        return book;
    }

    /// <summary>Whose a symbol is.</summary>
    public StrategyIdentity IdentityOf(string symbol) =>
        _ports.TryGetValue(symbol, out int place) ? Assignments[place].Identity : StrategyIdentity.Kernel;

    /// <summary>Place among <see cref="Assignments"/> of the strategy that has a symbol; −1 for the kernel.</summary>
    public int PlaceOf(string symbol) => _ports.TryGetValue(symbol, out int place) ? place : -1;

    private static void Check(StrategyAssignment assignment)
    {
        TradingStrategy strategy = assignment.Strategy;
        if (string.Equals(strategy.Name, StrategyNames.Kernel, StringComparison.Ordinal))
        {
            throw KedgeException.Usage(
                $"a strategy cannot be named {StrategyNames.Kernel}: that is the kernel's; rename its class"
            );
        }

        if (strategy.Window is < 1 or > TradingStrategy.MaxWindow)
        {
            throw KedgeException.Usage(
                $"strategy {strategy.Name} asks for a window of {strategy.Window} bars; 1 to {TradingStrategy.MaxWindow} can be had"
            );
        }

        if (strategy.Version is not { Length: > 0 and <= 32 })
        {
            throw KedgeException.Usage($"strategy {strategy.Name} has no version of 1 to 32 characters");
        }

        if (assignment.StopLossPct is { } stop && !(stop > 0.0 && stop < 100.0))
        {
            throw KedgeException.Usage($"strategy {strategy.Name}: stop_loss_pct must be above 0 and below 100, not {stop}");
        }
    }
}
