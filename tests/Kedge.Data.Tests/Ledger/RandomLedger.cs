using Kedge.Kernel;
using Kedge.Model.Ledger;

namespace Kedge.Data.Tests.Ledger;

/// <summary>Random legal batches, and the plainest possible memory of what they come to.</summary>
internal sealed class RandomLedger(int seed, bool isDouble)
{
    private static readonly string[] Symbols = ["BTC", "ETH", "SOL"];
    private readonly Random _random = new(seed);
    private readonly List<Held> _intents = [];
    private readonly SortedDictionary<string, Amount> _positions = new(StringComparer.Ordinal);
    private Amount _pnl;
    private long _trade;

    public List<LedgerRow> NextBatch()
    {
        List<LedgerRow> rows = [];
        int count = _random.Next(1, 5);
        for (int i = 0; i < count; i++)
        {
            switch (_random.Next(6))
            {
                case 0:
                    Create(rows);
                    break;
                case 1:
                    Book(rows, Rows.Foreign(++_trade, Symbols[_random.Next(3)], _random.Next(2) == 0, 1m), null);
                    break;
                case 2:
                    Adjust(rows);
                    break;
                default:
                    Change(rows);
                    break;
            }
        }

        return rows;
    }

    public IEnumerable<(string Id, IntentStatus Status, Amount Filled)> States() =>
        _intents.Select(i => (i.Intent.IntentId, i.Status, i.Filled));

    public IEnumerable<(string Symbol, Amount Size)> Positions() =>
        _positions.Where(p => !p.Value.IsZero).Select(p => (p.Key, p.Value));

    public Amount Cash() => _pnl;

    private void Create(List<LedgerRow> rows)
    {
        OrderAction action = _random.Next(2) == 0 ? OrderAction.Open : OrderAction.Close;
        Held held = new(Rows.Intent(_intents.Count + 1, Symbols[_random.Next(3)], action));
        _intents.Add(held);
        rows.Add(held.Intent);
    }

    private void Change(List<LedgerRow> rows)
    {
        if (_intents.Count == 0)
        {
            return;
        }

        Held held = _intents[Math.Max(0, _intents.Count - 1 - _random.Next(12))];
        bool isLate = IntentTransitions.IsTerminal(held.Status);
        IntentStatus[] next =
        [
            .. IntentTransitions.All.Where(to =>
                isLate ? IntentTransitions.IsLegalLateFill(held.Status, to) : IntentTransitions.IsLegal(held.Status, to)
            ),
        ];
        if (next.Length == 0)
        {
            return;
        }

        IntentStatus to = next[_random.Next(next.Length)];
        bool isFirst = !held.WasSent && to is IntentStatus.Sent or IntentStatus.Unknown && !held.WasSent;
        if (isLate || (to is IntentStatus.Partial or IntentStatus.Filled && held.Status != IntentStatus.New))
        {
            Book(rows, Rows.Fill(held.Intent, ++_trade, held.Intent.Sequence), held);
        }

        rows.Add(
            Rows.To(held.Intent, to, "venue: so", held.Intent.Sequence, isFirst) with
            {
                IsLateFill = isLate,
                LastError = _random.Next(3) switch
                {
                    0 => null,
                    1 => "",
                    _ => $"error {_trade}",
                },
            }
        );
        held.Status = to;
        held.WasSent |= isFirst;
    }

    private void Book(List<LedgerRow> rows, LedgerRow.FillBooked fill, Held? held)
    {
        Amount size = Number(_random.Next(1, 1_000) / 1000.0);
        fill = fill with { Size = size, Notional = Number(_random.NextDouble()), Pnl = Number(_random.NextDouble() - 0.5) };
        rows.Add(fill);
        Move(fill.Symbol, fill.IsBuy ? size : -size);
        _pnl = Add(_pnl, fill.Pnl);
        if (held is not null)
        {
            held.Filled = Add(held.Filled, size);
        }
    }

    private void Adjust(List<LedgerRow> rows)
    {
        string symbol = Symbols[_random.Next(3)];
        decimal size = _random.Next(-5, 5) / 10m;
        rows.Add(Rows.Adjustment($"a{++_trade}", symbol, size, 1m));
        Move(symbol, size);
    }

    private void Move(string symbol, Amount change) => _positions[symbol] = Add(_positions.GetValueOrDefault(symbol), change);

    private Amount Number(double value) => isDouble ? value : Math.Round((decimal)value, 6);

    private Amount Add(Amount a, Amount b) =>
        isDouble ? Amount.Of(a.ToDouble() + b.ToDouble()) : Amount.Of(a.ToDecimal() + b.ToDecimal());

    private sealed class Held(LedgerRow.IntentCreated intent)
    {
        public LedgerRow.IntentCreated Intent { get; } = intent;

        public IntentStatus Status { get; set; }

        public bool WasSent { get; set; }

        public Amount Filled { get; set; }
    }
}
