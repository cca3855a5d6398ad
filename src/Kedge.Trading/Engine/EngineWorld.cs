using Kedge.Kernel;
using Kedge.Kernel.MeiAlpha;
using Kedge.Kernel.Perps;

namespace Kedge.Trading.Engine;

/// <summary>What the portfolio step sees of an engine.</summary>
internal readonly unsafe struct EngineWorld : IWorld
{
    private readonly TradingEngine _engine;
    private readonly EngineMemory _memory;

    public EngineWorld(TradingEngine engine, EngineMemory memory)
    {
        _engine = engine;
        _memory = memory;
    }

    public int Symbols => _memory.Symbols;

    public int NextHeld(int symbol) => symbol;

    public int NextSignal(int symbol) => symbol;

    public int NextHeldSignal(int symbol) => symbol;

    public int NextFlatSignal(int symbol) => symbol;

    public bool HasMaintenance => true;

    public bool HasFunding => true;

    public Parameters* Portfolio => _memory.Portfolio;

    public SymbolState* State(int symbol) => _memory.States + symbol;

    public Parameters* ParametersOf(int symbol) => _memory.Parameters + symbol;

    public InstrumentTerms* TermsOf(int symbol) => _memory.Terms + symbol;

    public Snapshot* View(int symbol) => _memory.Views + symbol;

    public void OpenTick(in Tick tick)
    {
        for (int i = 0; i < _memory.Symbols; i++)
        {
            SymbolState* state = _memory.States + i;
            _memory.Bars[i].MarkAt(tick, state);
            if (_memory.Prices[i].TimeMs == tick.TimeMs && _memory.Prices[i].Mid > 0.0)
            {
                state->Mark = _memory.Prices[i].Mid;
            }
        }
    }

    public bool FundingDue(int symbol, out double rate) => _engine.FundingDue(symbol, out rate);

    public void Advance(in Tick tick) => _engine.KnowFunding(tick.TimeMs);

    public void Market(in Tick tick, out MarketContext market) =>
        MarketReading.Of(_memory.Views, _memory.Symbols, _engine.Btc, tick, out market);

    public bool ExitPrice(int symbol, out PriceRange price)
    {
        price = default;

        // The chain of exits is the kernel's strategy; positions of others have theirs.
        return !_engine.IsPort(symbol) && _engine.ExitPrice(symbol, out price);
    }

    public bool SignalAt<TTrace>(int symbol, in MarketContext market, ref TTrace trace, out Signal signal, out double price)
        where TTrace : struct, ITrace
    {
        if (!_engine.MayDecide(symbol) || _engine.IsPort(symbol))
        {
            signal = default;
            price = 0.0;
            return false;
        }

        return _memory
            .Bars[symbol]
            .SignalAt(
                symbol,
                _engine.Tick,
                _memory.Views[symbol],
                _memory.Parameters[symbol],
                market,
                _memory.Portfolio->SignalOnCandleClose,
                _engine.Lookback,
                ref trace,
                out signal,
                out price
            );
    }

    public bool DataEnded(int symbol, in Tick tick) => _engine.DataEnded(symbol, tick);

    public OrderOutcome Execute(in KernelOrder order) => _engine.Execute(order);

    public void Booked(in Booking booking) => _engine.Book(booking);
}
