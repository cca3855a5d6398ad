using System.Runtime.InteropServices;
using Kedge.Kernel;
using Kedge.Kernel.Indicators;
using Kedge.Kernel.Perps;

namespace Kedge.Trading.Engine;

/// <summary>The state of an engine, outside the garbage collector's heap so that pointers into it stay valid.</summary>
internal sealed unsafe class EngineMemory : IDisposable
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

    public Candidate* Scratch { get; }

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
