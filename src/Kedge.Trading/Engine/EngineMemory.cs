using System.Runtime.InteropServices;
using Kedge.Kernel;
using Kedge.Kernel.Indicators;
using Kedge.Kernel.Perps;
using Kedge.Trading.State;

namespace Kedge.Trading.Engine;

/// <summary>The state of an engine, outside the garbage collector's heap so that pointers into it stay valid.</summary>
[StateBlock(
    typeof(Account),
    typeof(Parameters),
    typeof(SymbolState),
    typeof(Snapshot),
    typeof(IndicatorBank),
    typeof(SymbolBars),
    typeof(SymbolPrice),
    typeof(InstrumentTerms)
)]
internal sealed unsafe class EngineMemory : IStateBlock, IDisposable
{
    private bool _disposed;

    public EngineMemory(int symbols)
    {
        Symbols = symbols;
        Account = Allocate<Account>(1);
        Portfolio = Allocate<Parameters>(1);
        States = Allocate<SymbolState>(symbols);
        Views = Allocate<Snapshot>(symbols);
        Banks = Allocate<IndicatorBank>(symbols);
        Bars = Allocate<SymbolBars>(symbols);
        Prices = Allocate<SymbolPrice>(symbols);
        Parameters = Allocate<Parameters>(symbols);
        Terms = Allocate<InstrumentTerms>(symbols);
        Scratch = Allocate<Candidate>(symbols);
    }

    public int Symbols { get; }

    public Account* Account { get; }

    public Parameters* Portfolio { get; }

    public SymbolState* States { get; }

    public Snapshot* Views { get; }

    public IndicatorBank* Banks { get; }

    public SymbolBars* Bars { get; }

    public SymbolPrice* Prices { get; }

    public Parameters* Parameters { get; }

    public InstrumentTerms* Terms { get; }

    /// <summary>Written and read again within one tick: no state.</summary>
    public Candidate* Scratch { get; }

    /// <inheritdoc/>
    public void Save(GraphWriter into)
    {
        into.Plain(new ReadOnlySpan<Account>(Account, 1));
        into.Plain(new ReadOnlySpan<Parameters>(Portfolio, 1));
        into.Plain(new ReadOnlySpan<SymbolState>(States, Symbols));
        into.Plain(new ReadOnlySpan<Snapshot>(Views, Symbols));
        into.Plain(new ReadOnlySpan<IndicatorBank>(Banks, Symbols));
        into.Plain(new ReadOnlySpan<SymbolBars>(Bars, Symbols));
        into.Plain(new ReadOnlySpan<SymbolPrice>(Prices, Symbols));
        into.Plain(new ReadOnlySpan<Parameters>(Parameters, Symbols));
        into.Plain(new ReadOnlySpan<InstrumentTerms>(Terms, Symbols));
    }

    /// <inheritdoc/>
    public void Load(ref GraphReader from)
    {
        from.Plain(new Span<Account>(Account, 1));
        from.Plain(new Span<Parameters>(Portfolio, 1));
        from.Plain(new Span<SymbolState>(States, Symbols));
        from.Plain(new Span<Snapshot>(Views, Symbols));
        from.Plain(new Span<IndicatorBank>(Banks, Symbols));
        from.Plain(new Span<SymbolBars>(Bars, Symbols));
        from.Plain(new Span<SymbolPrice>(Prices, Symbols));
        from.Plain(new Span<Parameters>(Parameters, Symbols));
        from.Plain(new Span<InstrumentTerms>(Terms, Symbols));
    }

    public void Dispose()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        NativeMemory.Free(Account);
        NativeMemory.Free(Portfolio);
        NativeMemory.Free(States);
        NativeMemory.Free(Views);
        NativeMemory.Free(Banks);
        NativeMemory.Free(Bars);
        NativeMemory.Free(Prices);
        NativeMemory.Free(Parameters);
        NativeMemory.Free(Terms);
        NativeMemory.Free(Scratch);
    }

    private static T* Allocate<T>(int count)
        where T : unmanaged => (T*)NativeMemory.AllocZeroed((nuint)Math.Max(count, 1), (nuint)sizeof(T));
}
