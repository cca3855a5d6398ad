using Kedge.Exchange.Core;

namespace Kedge.Exchange.Gateways.Hyperliquid;

/// <summary>
/// Request weight by caller, 1,200 a minute at the venue. When the table is full callers with a full budget are forgotten (nothing is lost by
/// it); those that still find no place share one budget.
/// </summary>
internal sealed class CallerWeights(GatewaySettings settings)
{
    private readonly Dictionary<string, WeightBudget> _budgets = new(StringComparer.Ordinal);
    private WeightBudget _others = new(settings.WeightPerMinute, 0);

    public int Callers => _budgets.Count;

    /// <summary>Weight all callers together have taken so far.</summary>
    public long Taken { get; private set; }

    /// <summary>Takes weight before the work; false is answered 429.</summary>
    public bool TryTake(string caller, int weight, long monotonicMs)
    {
        ref WeightBudget budget = ref Find(caller, monotonicMs);
        bool isTaken = budget.TryTake(weight, monotonicMs);
        Taken += isTaken ? weight : 0;
        return isTaken;
    }

    /// <summary>Takes weight that showed only afterwards, as far as there is any.</summary>
    public void Take(string caller, int weight, long monotonicMs)
    {
        ref WeightBudget budget = ref Find(caller, monotonicMs);
        Taken += Math.Max(0, weight);
        if (weight > 0 && !budget.TryTake(weight, monotonicMs))
        {
            budget.TryTake((int)budget.Left, monotonicMs);
        }
    }

    private ref WeightBudget Find(string caller, long monotonicMs)
    {
        if (!_budgets.ContainsKey(caller))
        {
            if (_budgets.Count >= settings.CallersMax)
            {
                ForgetFull(monotonicMs);
            }

            if (_budgets.Count >= settings.CallersMax)
            {
                return ref _others;
            }

            _budgets.Add(caller, new WeightBudget(settings.WeightPerMinute, monotonicMs));
        }

        return ref System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrNullRef(_budgets, caller);
    }

    private void ForgetFull(long monotonicMs)
    {
        foreach (string caller in _budgets.Keys.ToArray())
        {
            ref WeightBudget budget = ref System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrNullRef(
                _budgets,
                caller
            );
            budget.TryTake(0, monotonicMs);
            if (budget.Left >= settings.WeightPerMinute)
            {
                _budgets.Remove(caller);
            }
        }
    }
}
