using System.Runtime.InteropServices;
using Kedge.Kernel;
using Kedge.Kernel.Indicators;
using Kedge.Kernel.Perps;
using Kedge.Model;

namespace Kedge.Research.Replay;

/// <summary>The state of one replay, outside the garbage collector's heap so that pointers into it stay valid.</summary>
internal sealed unsafe class ReplayMemory : IDisposable
{
    public ReplayMemory(ReplayInput input)
    {
        Symbols = input.Main.Symbols.Count;
        Series = Allocate<SymbolSeries>(Symbols);
        States = Allocate<SymbolState>(Symbols);
        Views = Allocate<Snapshot>(Symbols);
        Banks = Allocate<IndicatorBank>(Symbols);
        Parameters = Allocate<Parameters>(Symbols);
        Terms = Allocate<InstrumentTerms>(Symbols);
        Scratch = Allocate<Candidate>(Symbols);
        Portfolio = Allocate<Parameters>(1);
        *Portfolio = input.Portfolio;
        for (int i = 0; i < Symbols; i++)
        {
            Parameters[i] = input.Parameters[i];
            Terms[i] = input.Terms is null ? default : input.Terms[i];
            Banks[i].Reset(input.Parameters[i]);
            Series[i].Main = new SeriesCursor(input.Main.Bars(i), input.Main.Interval.Ms);
            Series[i].Exit = Finer(input.Exit, input.Main.Symbols[i]);
            Series[i].Entry = Finer(input.Entry, input.Main.Symbols[i]);
        }
    }

    public int Symbols { get; }

    public SymbolSeries* Series { get; }

    public SymbolState* States { get; }

    public Snapshot* Views { get; }

    public IndicatorBank* Banks { get; }

    public Parameters* Parameters { get; }

    public Parameters* Portfolio { get; }

    public InstrumentTerms* Terms { get; }

    public Candidate* Scratch { get; }

    public void Dispose()
    {
        NativeMemory.Free(Series);
        NativeMemory.Free(States);
        NativeMemory.Free(Views);
        NativeMemory.Free(Banks);
        NativeMemory.Free(Parameters);
        NativeMemory.Free(Portfolio);
        NativeMemory.Free(Terms);
        NativeMemory.Free(Scratch);
    }

    private static SeriesCursor Finer(ICandleSet? set, string symbol)
    {
        int index = set is null ? -1 : SymbolRank.Of(set.Symbols, symbol);
        return index < 0 ? new SeriesCursor(default, 0) : new SeriesCursor(set!.Bars(index), set.Interval.Ms);
    }

    private static T* Allocate<T>(int count)
        where T : unmanaged => (T*)NativeMemory.AllocZeroed((nuint)Math.Max(count, 1), (nuint)sizeof(T));
}
