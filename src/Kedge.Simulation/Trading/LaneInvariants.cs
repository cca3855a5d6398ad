using Kedge.Kernel.Perps;
using Kedge.Model.Ledger;
using Kedge.Model.Orders;
using Kedge.Model.Venues;
using Kedge.Trading.Engine;

namespace Kedge.Simulation.Trading;

/// <summary>What must hold of a lane after every event. Nothing here knows how the engine works; it reads what it says and what it sends.</summary>
internal sealed class LaneInvariants
{
    private const int MaxProblems = 50;
    private readonly SimulatedLane _lane;
    private readonly IReadOnlyList<string> _symbols;
    private readonly List<string> _problems = [];
    private readonly Dictionary<string, long> _counts = new(StringComparer.Ordinal);
    private readonly HashSet<ClientOrderId> _sent = [];
    private readonly HashSet<ClientOrderId> _written = [];
    private readonly HashSet<string> _openKeys = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _keyOf = new(StringComparer.Ordinal);

    public LaneInvariants(SimulatedLane lane, IReadOnlyList<string> symbols)
    {
        _lane = lane;
        _symbols = symbols;
        lane.Heard = Hear;
        lane.Handled = Check;
    }

    public IReadOnlyList<string> Problems => _problems;

    public IReadOnlyDictionary<string, long> Counts => _counts;

    /// <summary>Adds what others found.</summary>
    public void Complain(IReadOnlyList<string> problems)
    {
        foreach (string problem in problems)
        {
            Complain(problem);
        }
    }

    private void Complain(string problem)
    {
        if (_problems.Count < MaxProblems)
        {
            _problems.Add($"{_lane.Process.Scheduler.NowUs / 1_000} ms: {problem}");
        }
    }

    private void Hear(EngineEffect effect)
    {
        switch (effect)
        {
            case EngineEffect.Commit commit:
                foreach (LedgerRow row in commit.Batch.Rows)
                {
                    Read(row);
                }

                break;
            case EngineEffect.WriteEmergency emergency:
                Count("emergency");
                _written.UnionWith(emergency.Intents.Select(i => i.ClientOrderId));
                break;
            case EngineEffect.Send { Command: VenueCommand.Place place }:
                foreach (ApprovedOrder order in place.Orders)
                {
                    Count(order.Intent.ReduceOnly ? "exits" : "entries");
                    if (!_sent.Add(order.Intent.Id))
                    {
                        Complain($"{order.Intent.Id} was sent twice");
                    }

                    if (!_written.Contains(order.Intent.Id))
                    {
                        Complain($"{order.Intent.Id} was sent and is written nowhere");
                    }
                }

                break;
            case EngineEffect.Booked:
                Count("bookings");
                break;
            case EngineEffect.Refused refused:
                Count($"refused {refused.Code}");
                break;
            case EngineEffect.Alert alert:
                Count($"alert {alert.Code}");
                break;
            case EngineEffect.Ticked:
                Count("ticks");
                break;
        }
    }

    private void Read(LedgerRow row)
    {
        switch (row)
        {
            case LedgerRow.IntentCreated created:
                _written.Add(created.ClientOrderId);
                if (created.DedupeKey is { } key)
                {
                    if (!_openKeys.Add(key) && !_keyOf.ContainsKey(created.IntentId))
                    {
                        Complain($"{key} was used by two intents");
                    }

                    _keyOf[created.IntentId] = key;
                }

                break;
            case LedgerRow.IntentChanged { Status: IntentStatus.Blocked } blocked
                when _keyOf.Remove(blocked.IntentId, out string? freed):
                _openKeys.Remove(freed);
                break;
            case LedgerRow.IntentChanged changed:
                Count($"intent {changed.Status}");
                break;
            case LedgerRow.FillBooked fill:
                Count(fill.IntentId is null ? "fills foreign" : "fills");
                break;
            case LedgerRow.AdjustmentBooked adjusted:
                Count($"adjusted {adjusted.Kind}");
                break;
        }
    }

    private void Check()
    {
        if (_lane.Engine is not { } engine)
        {
            return;
        }

        Account account = engine.Account;
        int working = 0;
        int open = 0;
        double reserved = 0.0;
        for (int i = 0; i < _symbols.Count; i++)
        {
            SymbolState state = engine.StateOf(i);
            working += state.Working.IsWorking ? 1 : 0;
            open += state.Position.IsOpen ? 1 : 0;
            reserved += state.Working.ReservedMargin + state.Working.ReservedFee;
            double own = (double)Math.Abs(engine.OwnOf(i));
            if (state.Position.IsOpen ? state.Position.Size != own : own != 0.0)
            {
                Complain($"{_symbols[i]}: the kernel holds {state.Position.Size}, the ledger {engine.OwnOf(i)}");
            }
        }

        if (working != account.WorkingOrders || open != account.OpenPositions)
        {
            Complain(
                $"{account.WorkingOrders} orders and {account.OpenPositions} positions are counted, {working} and {open} are there"
            );
        }

        if (Math.Abs(reserved - account.Reserved) > 1e-6)
        {
            Complain($"{account.Reserved} is reserved, orders reserve {reserved}");
        }
    }

    /// <summary>Counts something that happened.</summary>
    public void Count(string what, long times = 1) => _counts[what] = _counts.GetValueOrDefault(what) + times;
}
