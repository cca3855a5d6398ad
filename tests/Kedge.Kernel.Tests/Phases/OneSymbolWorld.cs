using Kedge.Kernel.Perps;

namespace Kedge.Kernel.Tests.Phases;

/// <summary>One symbol at a price that is set by hand; every order gets the answer that is set.</summary>
internal unsafe struct OneSymbolWorld : IWorld
{
    public SymbolState* Memory;
    public Parameters* Settings;
    public InstrumentTerms* Terms;
    public Snapshot* Seen;
    public KernelOrder* LastOrder;
    public OrderOutcome Answer;
    public double Price;
    public int Orders;

    public readonly int Symbols => 1;

    public readonly Parameters* Portfolio => Settings;

    public readonly int NextHeld(int symbol) => symbol;

    public readonly int NextSignal(int symbol) => symbol;

    public readonly int NextHeldSignal(int symbol) => symbol;

    public readonly int NextFlatSignal(int symbol) => symbol;

    public readonly bool HasMaintenance => true;

    public readonly bool HasFunding => true;

    public readonly SymbolState* State(int symbol) => Memory;

    public readonly Parameters* ParametersOf(int symbol) => Settings;

    public readonly InstrumentTerms* TermsOf(int symbol) => Terms;

    public readonly Snapshot* View(int symbol) => Seen;

    public readonly void OpenTick(in Tick tick) { }

    public readonly bool FundingDue(int symbol, out double rate)
    {
        rate = 0.0;
        return false;
    }

    public readonly void Advance(in Tick tick) { }

    public readonly void Market(in Tick tick, out MarketContext market) => market = default;

    public readonly bool ExitPrice(int symbol, out PriceRange price)
    {
        price = new PriceRange
        {
            Open = Price,
            High = Price,
            Low = Price,
            Close = Price,
        };
        return true;
    }

    public readonly bool SignalAt<TTrace>(
        int symbol,
        in MarketContext market,
        ref TTrace trace,
        out Signal signal,
        out double price
    )
        where TTrace : struct, ITrace
    {
        signal = default;
        price = 0.0;
        return false;
    }

    public readonly bool DataEnded(int symbol, in Tick tick) => false;

    public OrderOutcome Execute(in KernelOrder order)
    {
        Orders++;
        *LastOrder = order;
        return Answer.Kind == OutcomeKind.Filled ? OrderOutcome.Filled(order.ExpectedPrice) : Answer;
    }

    public readonly void Booked(in Booking booking) { }
}
