using Kedge.Kernel;
using Kedge.Kernel.Indicators;
using Kedge.Kernel.MeiAlpha;
using Kedge.Kernel.Perps;

namespace Kedge.Golden.Engine;

/// <summary>All that changes during a run. Arrays are by symbol.</summary>
public sealed class GoldenState
{
    private readonly int _btc;
    private readonly int _btcUsdt;

    /// <summary>The state before the first bar.</summary>
    public GoldenState(GoldenInput input)
    {
        Input = input;
        int symbols = input.Symbols.Count;
        Balance = input.InitialState?.Balance ?? input.InitialBalance;
        Shadow = new ShadowAccount(Balance, symbols, input.Parameters.Trade.Leverage);
        Banks = new IndicatorBank[symbols];
        Latest = new Snapshot[symbols];
        BarsSeen = new int[symbols];
        Memory = new SymbolState[symbols];
        Parameters = new Parameters[symbols];
        for (int i = 0; i < symbols; i++)
        {
            Parameters[i] = input.Parameters;
            Parameters[i].Traits = TraitsOf(input.Symbols[i]);
            Banks[i].Reset(Parameters[i]);
            Latest[i] = EmptySnapshot;
            TakeOver(i, input.Symbols[i]);
        }

        _btc = IndexOf("BTC");
        _btcUsdt = IndexOf("BTCUSDT");
    }

    public GoldenInput Input { get; }
    public double Balance { get; set; }
    public ShadowAccount Shadow { get; }
    public IndicatorBank[] Banks { get; }

    /// <summary>Last processed main bar; before the first one all zero except RSI 50 and width ratio 1.</summary>
    public Snapshot[] Latest { get; }

    public int[] BarsSeen { get; }
    public SymbolState[] Memory { get; }
    public Parameters[] Parameters { get; }
    public List<TradeRow> Trades { get; } = [];
    public GateCounters Gates { get; } = new();
    public List<(long TimeMs, double Balance)> Equity { get; } = [];

    /// <summary>Entries made since the last main time stamp.</summary>
    public int EntriesThisBar { get; set; }

    /// <summary>BTC trend and breadth of the current main time stamp.</summary>
    public MarketContext Market { get; private set; }

    public int Symbols => Latest.Length;

    /// <summary>Open positions.</summary>
    public int PositionCount
    {
        get
        {
            int count = 0;
            foreach (ref SymbolState state in Memory.AsSpan())
            {
                count += state.Position.IsOpen ? 1 : 0;
            }

            return count;
        }
    }

    /// <summary>Σ margin in symbol order.</summary>
    public double MarginUsed
    {
        get
        {
            double margin = 0.0;
            foreach (ref SymbolState state in Memory.AsSpan())
            {
                margin += state.Position.IsOpen ? state.Position.Margin : 0.0;
            }

            return margin;
        }
    }

    /// <summary>Wallet plus unrealised profit at the last main closes, the price being 0 before a symbol's first bar.</summary>
    public double MarkedEquity
    {
        get
        {
            double unrealised = 0.0;
            for (int i = 0; i < Symbols; i++)
            {
                if (Memory[i].Position.IsOpen)
                {
                    unrealised += Memory[i].Position.Unrealised(Latest[i].Close);
                }
            }

            return Balance + unrealised;
        }
    }

    /// <summary>Takes BTC trend and breadth from the banks as they stand, that is one bar late, with breadth 50 when unknown.</summary>
    public void LookAtMarket()
    {
        Breadth breadth = default;
        for (int i = 0; i < Symbols; i++)
        {
            if (BarsSeen[i] >= 2)
            {
                breadth.Count(Latest[i]);
            }
        }

        MarketContext market = default;
        market.BreadthKnown = true;
        market.BreadthPct = breadth.IsKnown ? breadth.Percent : 50.0;
        int leader = HasBars(_btc) ? _btc : _btcUsdt;
        if (HasBars(leader))
        {
            market.BtcTrend = Latest[leader].Close > Latest[leader].EmaSlow ? 1 : -1;
        }

        Market = market;
    }

    /// <summary>Last main bar with the prices of a finer one.</summary>
    public Snapshot Hybrid(int symbol, in Bar bar)
    {
        Snapshot s = Latest[symbol];
        s.Close = bar.Close;
        s.High = bar.High;
        s.Low = bar.Low;
        s.Open = bar.Open;
        s.OpenTimeMs = bar.OpenTimeMs;
        return s;
    }

    private static Snapshot EmptySnapshot => new() { Rsi = 50.0, BbWidthRatio = 1.0 };

    private static SymbolTraits TraitsOf(string symbol) =>
        symbol.ToUpperInvariant() switch
        {
            "BTC" => SymbolTraits.Btc,
            "PAXG" => SymbolTraits.StagnationExempt,
            _ => SymbolTraits.None,
        };

    private void TakeOver(int index, string symbol)
    {
        if (Input.InitialState is not { } initial)
        {
            return;
        }

        ref SymbolState memory = ref Memory[index];
        if (initial.Positions.TryGetValue(symbol, out Position position))
        {
            memory.Position = position;
            Shadow.Copy(index, position);
        }

        memory.HasEntered = initial.LastEntryMs.TryGetValue(symbol, out memory.LastEntryMs);
        memory.HasExited = initial.LastExitMs.TryGetValue(symbol, out memory.LastExitMs);
    }

    private bool HasBars(int symbol) => symbol >= 0 && BarsSeen[symbol] > 0;

    private int IndexOf(string symbol) => Array.IndexOf([.. Input.Symbols], symbol);
}
