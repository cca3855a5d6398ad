using Kedge.Kernel;
using Kedge.Kernel.Perps;

namespace Kedge.Architecture.Tests.Il;

/// <summary>A world that only has to exist: calls into it are the seam at which a walk stops.</summary>
internal unsafe struct TestWorld : IWorld
{
    public readonly int Symbols => 0;

    public readonly Parameters* Portfolio => null;

    public readonly int NextHeld(int symbol) => symbol;

    public readonly int NextSignal(int symbol) => symbol;

    public readonly int NextHeldSignal(int symbol) => symbol;

    public readonly int NextFlatSignal(int symbol) => symbol;

    public readonly bool HasMaintenance => true;

    public readonly bool HasFunding => true;

    public readonly SymbolState* State(int symbol) => null;

    public readonly Parameters* ParametersOf(int symbol) => null;

    public readonly InstrumentTerms* TermsOf(int symbol) => null;

    public readonly Snapshot* View(int symbol) => null;

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
        price = default;
        return false;
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

    public readonly OrderOutcome Execute(in KernelOrder order) => OrderOutcome.Refused(1);

    public readonly void Booked(in Booking booking) { }
}
