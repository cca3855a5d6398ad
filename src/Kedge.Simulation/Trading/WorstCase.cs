using System.Globalization;
using Kedge.Kernel.Perps;
using Kedge.Trading.Engine;
using Kedge.Trading.Risk;

namespace Kedge.Simulation.Trading;

/// <summary>What the account would hold if everything that is under way were filled, against the limits.</summary>
internal sealed class WorstCase
{
    // The engine values at its own last prices; a part in a hundred is theirs.
    private const double Slack = 1.01;
    private readonly RiskSettings _limits;
    private readonly IReadOnlyList<string> _symbols;
    private readonly double[] _notional;
    private readonly bool[] _isHeld;
    private readonly double _equity;

    public WorstCase(TradingEngine engine, IReadOnlyList<string> symbols)
    {
        _limits = engine.Risk!.Settings;
        _symbols = symbols;
        _notional = new double[symbols.Count];
        _isHeld = new bool[symbols.Count];
        _equity = engine.Account.Balance;
        for (int i = 0; i < symbols.Count; i++)
        {
            SymbolState state = engine.StateOf(i);
            double own = (double)engine.OwnOf(i);
            _notional[i] = (Math.Abs(own) + (double)Math.Abs(engine.ForeignOf(i))) * state.Mark;
            _isHeld[i] = _notional[i] > 0.0;
            _equity += state.Position.IsOpen ? own * (state.Mark - state.Position.EntryPrice) : 0.0;
        }
    }

    public void Add(string symbol, decimal notional)
    {
        for (int i = 0; i < _symbols.Count; i++)
        {
            if (string.Equals(_symbols[i], symbol, StringComparison.Ordinal))
            {
                _notional[i] += (double)notional;
            }
        }
    }

    /// <summary>
    /// The limit that would be passed by an order of a symbol; null for none. What adds to a position opens none, whatever somebody else opened meanwhile.
    /// </summary>
    public string? Passed(string symbol)
    {
        double gross = _notional.Sum();
        int held = _notional.Count(n => n > 0.0);
        int rank = _symbols.ToList().IndexOf(symbol);
        double one = _notional[rank];
        return _limits.MaxExposure > 0.0 && gross > _limits.MaxExposure * _equity * Slack
                ? Text("exposure", gross / _equity, _limits.MaxExposure)
            : _limits.MaxPositions > 0 && !_isHeld[rank] && held > _limits.MaxPositions
                ? Text("positions", held, _limits.MaxPositions)
            : _limits.MaxSymbolNotionalUsd > 0.0 && one > _limits.MaxSymbolNotionalUsd * Slack
                ? Text("notional of the symbol", one, _limits.MaxSymbolNotionalUsd)
            : null;
    }

    private static string Text(string what, double value, double limit) =>
        string.Create(CultureInfo.InvariantCulture, $"{what} {value} above {limit}");
}
