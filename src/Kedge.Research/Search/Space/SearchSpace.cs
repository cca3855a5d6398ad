using System.Numerics;
using Kedge.Configuration;
using Kedge.Kernel;
using Kedge.Model;

namespace Kedge.Research.Search.Space;

/// <summary>A checked specification on its base configuration: what is searched, and the parameters of each configuration.</summary>
public sealed class SearchSpace
{
    private readonly Parameters[] _base;
    private readonly Parameters _portfolio;
    private readonly int[] _symbolOf;

    private SearchSpace(
        SweepSpec spec,
        SweepGrid grid,
        Parameters[] parameters,
        Parameters portfolio,
        IReadOnlyList<string> symbols
    )
    {
        Spec = spec;
        Grid = grid;
        _base = parameters;
        _portfolio = portfolio;
        _symbolOf =
        [
            .. grid.Axes.Select(a =>
                a.Symbol is { } s ? symbols.ToList().FindIndex(n => string.Equals(n, s, StringComparison.Ordinal)) : -1
            ),
        ];
    }

    /// <summary>The specification.</summary>
    public SweepSpec Spec { get; }

    /// <summary>Its configurations in order.</summary>
    public SweepGrid Grid { get; }

    /// <summary>Parameters of the base by symbol rank.</summary>
    public IReadOnlyList<Parameters> Base => _base;

    /// <summary>Parameters of the base for portfolio-wide keys.</summary>
    public Parameters Portfolio => _portfolio;

    /// <summary>Checks a specification against its base.</summary>
    /// <param name="spec">The specification.</param>
    /// <param name="symbols">Symbols of the run, ordinal.</param>
    /// <param name="parameters">Parameters of the base by symbol rank.</param>
    /// <param name="portfolio">Parameters of the base for portfolio-wide keys.</param>
    /// <param name="problems">Takes warnings.</param>
    /// <exception cref="KedgeException">Something in it is wrong (exit 2), a line each.</exception>
    public static SearchSpace Of(
        SweepSpec spec,
        IReadOnlyList<string> symbols,
        IReadOnlyList<Parameters> parameters,
        in Parameters portfolio,
        SpecProblems problems
    )
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(problems);
        Parameters global = portfolio;
        spec = spec with { Axes = [.. spec.Axes.Select(a => Spelled(a, symbols, problems))] };
        problems.ThrowIfAny();
        SweepGrid grid = SweepGrid.Of(spec, path => BaseValue(path, symbols, parameters, global));
        SpaceChecks.Check(spec, grid, global, problems);
        problems.ThrowIfAny();
        return new SearchSpace(spec, grid, [.. parameters], global, symbols);
    }

    /// <summary>Writes the parameters of a configuration.</summary>
    /// <param name="trial">The configuration.</param>
    /// <param name="parameters">Filled by symbol rank.</param>
    /// <param name="portfolio">Filled with the portfolio-wide keys.</param>
    public void Fill(SweepTrial trial, Span<Parameters> parameters, out Parameters portfolio)
    {
        FillPortfolio(trial, out portfolio);
        for (int i = 0; i < parameters.Length; i++)
        {
            FillOne(trial, i, out parameters[i]);
        }
    }

    /// <summary>Whether an axis is for one symbol alone.</summary>
    /// <param name="symbol">Rank of the symbol.</param>
    public bool HasOwnAxis(int symbol) => Array.IndexOf(_symbolOf, symbol) >= 0;

    /// <summary>Writes the parameters of one symbol in a configuration.</summary>
    /// <param name="trial">The configuration.</param>
    /// <param name="symbol">Rank of the symbol.</param>
    /// <param name="parameters">Filled.</param>
    public void FillOne(SweepTrial trial, int symbol, out Parameters parameters)
    {
        parameters = _base[symbol];
        Apply(trial, symbol, ref parameters);
    }

    /// <summary>Writes the portfolio-wide keys of a configuration.</summary>
    /// <param name="trial">The configuration.</param>
    /// <param name="portfolio">Filled.</param>
    public void FillPortfolio(SweepTrial trial, out Parameters portfolio)
    {
        portfolio = _portfolio;
        Apply(trial, -1, ref portfolio);
    }

    /// <summary>Number of configurations; <see cref="long.MaxValue"/> stands for more.</summary>
    public long Count => Grid.Count > new BigInteger(long.MaxValue) ? long.MaxValue : (long)Grid.Count;

    private void Apply(SweepTrial trial, int symbol, ref Parameters parameters)
    {
        ArgumentNullException.ThrowIfNull(trial);
        for (int a = 0; a < _symbolOf.Length; a++)
        {
            if (_symbolOf[a] < 0 || _symbolOf[a] == symbol)
            {
                Grid.Axes[a].Key.ApplyEncoded(ref parameters, trial.Values[a]);
            }
        }
    }

    private static double? BaseValue(
        string path,
        IReadOnlyList<string> symbols,
        IReadOnlyList<Parameters> parameters,
        in Parameters portfolio
    )
    {
        if (!SweepSpecReader.TryFind(path, out KeyDefinition? key, out string? symbol, out _))
        {
            return null;
        }

        int rank = symbol is null
            ? -1
            : symbols.ToList().FindIndex(n => string.Equals(n, symbol, StringComparison.OrdinalIgnoreCase));
        return rank >= 0 ? key!.Read(parameters[rank]).Number : key!.Read(portfolio).Number;
    }

    /// <summary>An axis with its symbol in the spelling of the run.</summary>
    private static SweepAxis Spelled(SweepAxis axis, IReadOnlyList<string> symbols, SpecProblems problems)
    {
        if (axis.Symbol is not { } name)
        {
            return axis;
        }

        if (symbols.Contains(name, StringComparer.Ordinal))
        {
            return axis;
        }

        string[] found = [.. symbols.Where(s => string.Equals(s, name, StringComparison.OrdinalIgnoreCase))];
        if (found.Length == 1)
        {
            return axis with { Symbol = found[0] };
        }

        problems.Error(axis.Line, $"{axis.Path}: {name} is no symbol of the run");
        return axis;
    }
}
