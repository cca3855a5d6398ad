using Kedge.Kernel;
using Kedge.Kernel.Perps;
using Kedge.Model.Machines;
using Kedge.Trading.Oms;
using Kedge.Trading.Risk;
using Kedge.Trading.State;
using Kedge.Trading.Strategies;

namespace Kedge.Trading.Engine;

/// <summary>
/// One lane of trading: bars and prices in, decisions of <see cref="PortfolioStep"/> out, in every world alike. It knows no clock, disk, socket or
/// venue; used by one thread. The rules are told in docs/concepts/trading-engine.md.
/// </summary>
public sealed unsafe partial class TradingEngine : IMachine<EngineEvent, EngineEffect>, IDisposable
{
    internal const long TickTimer = 1;
    internal const long SecondTimer = 2;

    [NotState("fixed for its life; whoever makes it gives them")]
    private readonly EngineSettings _settings;

    private readonly EngineMemory _memory;

    [NotState("points into the memory")]
    private readonly Account* _account;

    [NotState("follows from the symbols, which never change")]
    private readonly Dictionary<string, int> _ranks = new(StringComparer.Ordinal);

    private readonly FundingDesk _funding;
    private EngineRules _rules;
    private EngineRules? _nextRules;

    [NotState("points to engine and memory")]
    private EngineWorld _world;

    private NoTrace _trace;

    [NotState("the caller's, given with each event")]
    private IEffectSink<EngineEffect> _effects = null!;

    private Now _now;
    private Tick _tick;

    /// <summary>A flat engine that has seen nothing.</summary>
    /// <param name="settings">What the lane is.</param>
    /// <param name="rules">What it decides by.</param>
    /// <exception cref="ArgumentException">Lists of different length, or symbols that are not in ordinal order.</exception>
    public TradingEngine(EngineSettings settings, EngineRules rules)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(rules);
        _settings = settings;
        _memory = new EngineMemory(rules.Symbols.Count);
        _account = _memory.Account;
        *_account = new Account(settings.PaperBalance);
        _funding = new FundingDesk(rules.Symbols.Count);
        _dirty = new bool[rules.Symbols.Count];
        _book = new AccountBook(rules.Symbols.Count);
        _leverage = new int[rules.Symbols.Count];
        _risk = settings.Risk is { } risk ? new RiskManager(risk, rules.Symbols) : null;
        _monitor = settings.Strategies is { } strategies ? new SignalMonitor(strategies, rules.Symbols) : null;
        _symbols = [.. rules.Symbols.Select(_ => new SymbolDesk())];
        _world = new EngineWorld(this, _memory);
        for (int i = 0; i < rules.Symbols.Count; i++)
        {
            if (i > 0 && string.CompareOrdinal(rules.Symbols[i - 1], rules.Symbols[i]) >= 0)
            {
                throw new ArgumentException("Symbols come in ordinal order, each once.", nameof(rules));
            }

            _ranks.Add(rules.Symbols[i], i);
        }

        _rules = rules;
        Adopt(rules);
        for (int i = 0; i < rules.Symbols.Count; i++)
        {
            _memory.Banks[i].Reset(_memory.Parameters[i]);
        }
    }

    /// <summary>The account as it is. Called on the thread of <see cref="Handle"/>.</summary>
    public Account Account => *_account;

    /// <summary>The newest tick that has run, UTC epoch milliseconds; 0 before the first.</summary>
    public long LastTickMs => _lastTickMs;

    /// <summary>Counters of what was refused, missed or passed over.</summary>
    public EngineCounters Counters { get; } = new();

    /// <summary>What the lane is.</summary>
    public EngineSettings Settings => _settings;

    /// <summary>What it decides by now.</summary>
    public EngineRules Rules => _rules;

    internal int Btc { get; private set; } = -1;

    internal Tick Tick => _tick;

    internal long Lookback => _rules.Lookback;

    /// <summary>Place of a symbol among the watched ones; −1 when it is none of them.</summary>
    public int RankOf(string symbol) => _ranks.TryGetValue(symbol, out int rank) ? rank : -1;

    /// <summary>Memory of a symbol as it is. Called on the thread of <see cref="Handle"/>.</summary>
    public SymbolState StateOf(int symbol) => _memory.States[symbol];

    /// <summary>The newest closed bars of a symbol. Called on the thread of <see cref="Handle"/>.</summary>
    public SymbolBars BarsOf(int symbol) => _memory.Bars[symbol];

    /// <summary>The lane's own position by the ledger, signed base units. On paper the kernel's is the only one.</summary>
    public decimal OwnOf(int symbol) => _book.Own(symbol);

    /// <summary>What others hold of a symbol on the account, signed base units.</summary>
    public decimal ForeignOf(int symbol) => _book.Foreign(symbol);

    /// <summary>Balance plus unrealised profit at the last known prices, Σ notional, positions.</summary>
    public Kernel.Phases.Totals Totals()
    {
        Kernel.Phases.Totals.Of(_account, ref _world, out Kernel.Phases.Totals totals);
        return totals;
    }

    /// <inheritdoc/>
    public void Handle(in EngineEvent input, in Now now, IEffectSink<EngineEffect> effects)
    {
        Begin(now, effects);
        switch (input)
        {
            case EngineEvent.CandleClosed closed:
                OnCandleClosed(closed);
                break;
            case EngineEvent.CandleRevised revised:
                OnCandleRevised(revised);
                break;
            case EngineEvent.BarsLoaded loaded:
                OnBarsLoaded(loaded);
                break;
            case EngineEvent.TickClosed tick:
                OnTickClosed(tick.TimeMs);
                break;
            case EngineEvent.FundingRate rate:
                OnFundingRate(rate);
                break;
            case EngineEvent.LedgerFailed failed:
                OnLedgerFailed(failed);
                break;
            case EngineEvent.EmergencyFailed emergency:
                Alert(
                    "emergency_unwritten",
                    $"an exit was sent that neither ledger nor emergency file could hold: {emergency.Reason}. After a crash only the venue knows of it"
                );
                break;
            case EngineEvent.JournalFailed journal:
                OnJournalFailed(journal.Reason);
                break;
            case EngineEvent.JournalWorks:
                OnJournalWorks();
                break;
            case EngineEvent.KillRead read:
                _risk?.OnKillSwitch(read.Reading, _now, this);
                break;
            case EngineEvent.Told told:
                OnTold(told.Event);
                break;
            case EngineEvent.Operated operated:
                OnOperator(operated.Command);
                break;
            case EngineEvent.StrategySignal signal:
                OnStrategySignal(signal);
                break;
            case EngineEvent.ConfigSwapped swapped:
                OnConfigSwapped(swapped);
                break;
            case EngineEvent.TimerFired fired:
                OnTimer(fired.Id);
                break;
            case EngineEvent.RunEnded:
                OnRunEnded();
                break;
        }

        End();
    }

    /// <inheritdoc/>
    public void Dispose() => _memory.Dispose();

    private void Begin(in Now now, IEffectSink<EngineEffect> effects)
    {
        _now = now;
        _effects = effects;
        _hasCommitted = false;
#if PLANTED_BUGS
        Undefer();
#endif
        if (_nextTickMs == 0)
        {
            StartClock();
            EndNeverSent();
        }
    }

    private void End()
    {
        LookSooner();
        HandOut();
    }

    /// <summary>Rules become the engine's.</summary>
    private void Adopt(EngineRules rules)
    {
        int symbols = _memory.Symbols;
        if (
            rules.Symbols.Count != symbols
            || rules.Parameters.Count != symbols
            || (rules.Terms is not null && rules.Terms.Count != symbols)
        )
        {
            throw new ArgumentException("Parameters and terms are given for each symbol.", nameof(rules));
        }

        *_memory.Portfolio = rules.Portfolio;
        Btc = -1;
        for (int i = 0; i < symbols; i++)
        {
            _memory.Parameters[i] = rules.Parameters[i];
            _memory.Parameters[i].IntrabarExits &= !IsPort(i);
            _memory.Terms[i] = rules.Terms is null ? default : rules.Terms[i];
            if ((rules.Parameters[i].Traits & SymbolTraits.Btc) != SymbolTraits.None && Btc < 0)
            {
                Btc = i;
            }
        }

        _rules = rules;
    }

    private void Alert(string code, string text) => _effects.Add(new EngineEffect.Alert(code, text));
}
