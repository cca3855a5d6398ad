using Kedge.Kernel.Perps;

namespace Kedge.Kernel;

/// <summary>
/// The world a portfolio step runs in: replay, a sweep, paper, live. Implementations are structs, so that the step is specialised for each;
/// pointers stay valid for the whole step. Symbols are ranks in ordinal order of their names.
/// </summary>
public unsafe interface IWorld
{
    /// <summary>Number of symbols.</summary>
    int Symbols { get; }

    /// <summary>
    /// The first symbol at or behind one that may hold a position or have an order working; <see cref="Symbols"/> when there is none. A world that keeps no
    /// count answers the symbol itself: every symbol may.
    /// </summary>
    int NextHeld(int symbol);

    /// <summary>
    /// The first symbol at or behind one that may have a signal at the tick; <see cref="Symbols"/> when there is none. A world that has to evaluate to
    /// know answers the symbol itself.
    /// </summary>
    int NextSignal(int symbol);

    /// <summary>
    /// The same, of symbols that hold a position. A world that cannot tell cheaply may name others too, as long as it leaves out none.
    /// </summary>
    int NextHeldSignal(int symbol);

    /// <summary>The same, of symbols that hold none.</summary>
    int NextFlatSignal(int symbol);

    /// <summary>Whether any symbol has a maintenance margin; where none has, nothing is ever liquidated.</summary>
    bool HasMaintenance { get; }

    /// <summary>Whether funding may be due for any symbol at the tick; where it is false, nobody is asked.</summary>
    bool HasFunding { get; }

    /// <summary>Memory of a symbol.</summary>
    SymbolState* State(int symbol);

    /// <summary>Parameters of a symbol. Portfolio-wide keys are the same in all of them.</summary>
    Parameters* ParametersOf(int symbol);

    /// <summary>Parameters portfolio-wide keys are read from.</summary>
    Parameters* Portfolio { get; }

    /// <summary>Venue rules of a symbol; the default value when none are known.</summary>
    InstrumentTerms* TermsOf(int symbol);

    /// <summary>The last closed main bar of a symbol; not known before the first.</summary>
    Snapshot* View(int symbol);

    /// <summary>Sets the marks of all symbols whose bars close at the tick. Called first, before funding.</summary>
    void OpenTick(in Tick tick);

    /// <summary>Whether funding is due for a symbol at the tick, and its rate as a fraction of notional.</summary>
    bool FundingDue(int symbol, out double rate);

    /// <summary>Feeds the main bars that close at the tick to the indicators.</summary>
    void Advance(in Tick tick);

    /// <summary>BTC trend and breadth at the tick, after <see cref="Advance"/>.</summary>
    void Market(in Tick tick, out MarketContext market);

    /// <summary>Whether a position of the symbol is to be tested at this tick, and the prices to test it with.</summary>
    bool ExitPrice(int symbol, out PriceRange price);

    /// <summary>Whether the symbol is evaluated for entry at this tick; if so its raw signal and the price it was made at.</summary>
    bool SignalAt<TTrace>(int symbol, in MarketContext market, ref TTrace trace, out Signal signal, out double price)
        where TTrace : struct, ITrace;

    /// <summary>Whether a symbol counts as delisted at the tick: no bar for more than 24 intervals. Always false where a venue says so itself.</summary>
    bool DataEnded(int symbol, in Tick tick);

    /// <summary>
    /// The only seam: fills at once, sends an effect, or refuses. While an order of the symbol works it must refuse another, or end that one
    /// first. Exits of the whole position are asked for while an entry, an add or a partial exit works, and again at every price until a close
    /// works; whether to cancel what works, to wait or to go around it is the world's business.
    /// </summary>
    OrderOutcome Execute(in KernelOrder order);

    /// <summary>A booking that was made; the account already holds it.</summary>
    void Booked(in Booking booking);
}
