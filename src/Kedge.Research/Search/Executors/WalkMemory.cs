using Kedge.Kernel;
using Kedge.Kernel.Perps;
using Kedge.Research.Search.Columns;

namespace Kedge.Research.Search.Executors;

/// <summary>What one thread needs to walk: the state of one portfolio, made once and used for every configuration.</summary>
internal sealed unsafe class WalkMemory : IDisposable
{
    private readonly NativeArray<SymbolState> _states;
    private readonly NativeArray<SymbolCursor> _cursors;
    private readonly NativeArray<nint> _parameters;
    private readonly NativeArray<Parameters> _groups;
    private readonly NativeArray<InstrumentTerms> _terms;
    private readonly NativeArray<Candidate> _scratch;
    private readonly NativeArray<ulong> _held;
    private readonly NativeArray<ulong> _signalled;
    private readonly NativeArray<int> _present;
    private readonly NativeArray<Account> _account = new(1);
    private readonly NativeArray<GateFunnel> _funnel = new(1);

    public WalkMemory(MarketData data, SymbolGroup[] groups)
    {
        int symbols = data.Symbols;
        _states = new NativeArray<SymbolState>(symbols);
        _cursors = new NativeArray<SymbolCursor>(symbols);
        _parameters = new NativeArray<nint>(symbols);
        _groups = new NativeArray<Parameters>(groups.Length + 1);
        _terms = new NativeArray<InstrumentTerms>(symbols);
        _scratch = new NativeArray<Candidate>(symbols);
        _present = new NativeArray<int>(symbols);
        _held = new NativeArray<ulong>((symbols + 63) / 64);
        _signalled = new NativeArray<ulong>((symbols + 63) / 64);
        for (int g = 0; g < groups.Length; g++)
        {
            foreach (int symbol in groups[g].Symbols)
            {
                _parameters.Start[symbol] = (nint)(_groups.Start + g);
            }
        }

        for (int s = 0; s < symbols; s++)
        {
            _terms.Start[s] = data.Input.Terms is { } terms ? terms[s] : default;
            SymbolCursor* cursor = _cursors.Start + s;
            cursor->Moments = data.Moments.Of(s);
            cursor->MainBars = data.Main.Bars(s);
            cursor->EntryBars = data.Entry is { } entry ? entry.Bars(s) : null;
            cursor->ExitBars = data.Exit is { } exit ? exit.Bars(s) : null;
        }
    }

    /// <summary>Bytes of a walk before it is made, near enough.</summary>
    public static long BytesOf(int symbols) =>
        Math.Max(1, symbols) * (long)(sizeof(SymbolState) + sizeof(SymbolCursor) + sizeof(InstrumentTerms) + sizeof(Snapshot));

    public SymbolState* States => _states.Start;

    public SymbolCursor* Cursors => _cursors.Start;

    /// <summary>Parameters by symbol; symbols of a group share theirs.</summary>
    public Parameters** Parameters => (Parameters**)_parameters.Start;

    /// <summary>Parameters by group.</summary>
    public Parameters* Groups => _groups.Start;

    public Parameters* Portfolio => _groups.Start + (_groups.Length - 1);

    public InstrumentTerms* Terms => _terms.Start;

    public Candidate* Scratch => _scratch.Start;

    public ulong* Held => _held.Start;

    /// <summary>Symbols with a signal at the tick.</summary>
    public int* Present => _present.Start;

    public ulong* Signalled => _signalled.Start;

    public Account* Account => _account.Start;

    public GateFunnel* Funnel => _funnel.Start;

    /// <summary>Forgets the walk before.</summary>
    public void Clear()
    {
        new Span<byte>(_states.Start, (int)_states.Bytes).Clear();
        new Span<ulong>(_held.Start, (int)_held.Length).Clear();
        new Span<ulong>(_signalled.Start, (int)_signalled.Length).Clear();
    }

    public void Dispose()
    {
        _states.Dispose();
        _cursors.Dispose();
        _parameters.Dispose();
        _groups.Dispose();
        _terms.Dispose();
        _scratch.Dispose();
        _held.Dispose();
        _signalled.Dispose();
        _present.Dispose();
        _account.Dispose();
        _funnel.Dispose();
    }
}
