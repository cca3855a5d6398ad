using Kedge.Kernel.MeiAlpha;
using Kedge.Kernel.MeiAlpha.Exits;
using Kedge.Kernel.Perps;
using Kedge.Kernel.Phases;

namespace Kedge.Kernel;

/// <summary>
/// One tick of one portfolio: the only loop over symbols there is. Funding → indicators → exits → flips → adds → entries. Every phase is
/// public in <see cref="Phases"/>.
/// </summary>
public static unsafe class PortfolioStep
{
    /// <summary>Runs one tick.</summary>
    /// <param name="account">The account.</param>
    /// <param name="tick">The moment; everything that closed at or before it is known.</param>
    /// <param name="world">The world; pointers it hands out stay valid for the call.</param>
    /// <param name="scratch">Room for one candidate a symbol.</param>
    /// <param name="trace">Sees what happens; <see cref="NoTrace"/> costs nothing.</param>
    public static void Run<TWorld, TTrace>(Account* account, in Tick tick, ref TWorld world, Candidate* scratch, ref TTrace trace)
        where TWorld : struct, IWorld
        where TTrace : struct, ITrace
    {
        Leave(account, tick, ref world, ref trace, out MarketContext market);
        Enter(account, tick, market, ref world, scratch, ref trace);
    }

    /// <summary>
    /// The first half of a tick: funding, indicators, exits, signals, flips. A world that sends its orders away waits until what left here has
    /// ended before it goes on with <see cref="Enter"/>.
    /// </summary>
    /// <param name="account">The account.</param>
    /// <param name="tick">The moment.</param>
    /// <param name="world">The world.</param>
    /// <param name="trace">The trace.</param>
    /// <param name="market">What all symbols share at the tick, for the second half.</param>
    public static void Leave<TWorld, TTrace>(
        Account* account,
        in Tick tick,
        ref TWorld world,
        ref TTrace trace,
        out MarketContext market
    )
        where TWorld : struct, IWorld
        where TTrace : struct, ITrace
    {
        account->EntriesThisTick = 0;
        trace.Begin(tick);
        world.OpenTick(tick);
        FundingPhase.Run(account, tick, ref world);
        world.Advance(tick);
        ExitPhase.Run(account, tick, ref world, ref trace);
        world.Market(tick, out market);
        trace.Market(market);
        SignalPhase.Run(tick, market, ref world, ref trace);
        FlipPhase.Run(account, tick, ref world, ref trace);
    }

    /// <summary>The second half of a tick: adds and entries, on the signals of the first.</summary>
    /// <param name="account">The account as it is now.</param>
    /// <param name="tick">The moment of the first half.</param>
    /// <param name="market">What all symbols share at the tick.</param>
    /// <param name="world">The world.</param>
    /// <param name="scratch">Room for one candidate a symbol.</param>
    /// <param name="trace">The trace.</param>
    public static void Enter<TWorld, TTrace>(
        Account* account,
        in Tick tick,
        in MarketContext market,
        ref TWorld world,
        Candidate* scratch,
        ref TTrace trace
    )
        where TWorld : struct, IWorld
        where TTrace : struct, ITrace
    {
        StopCode allowed = MarketRules(*world.Portfolio, market, ref trace);
        AddPhase.Run(account, tick, allowed, ref world, ref trace);
        EntryPhase.Run(account, tick, allowed, ref world, scratch, ref trace);
    }

    /// <summary>Ends a run: closes what is open at its last known price and seals the state hash.</summary>
    /// <param name="account">The account.</param>
    /// <param name="tick">The last tick.</param>
    /// <param name="world">The world.</param>
    /// <param name="trace">The trace.</param>
    public static void Finish<TWorld, TTrace>(Account* account, in Tick tick, ref TWorld world, ref TTrace trace)
        where TWorld : struct, IWorld
        where TTrace : struct, ITrace
    {
        int symbols = world.Symbols;
        for (int i = 0; i < symbols; i++)
        {
            SymbolState* state = world.State(i);
            if (!state->Position.IsOpen || !(state->Mark > 0.0))
            {
                continue;
            }

            ReasonCode reason = world.DataEnded(i, tick) ? ReasonCode.DataEnded : ReasonCode.EndOfRun;
            ExitDecision end = ExitDecision.Full(reason, state->Mark);
            trace.Exit(i, state->Mark, end);
            Orders.Leave(account, tick, i, state->Position.Size, end, ref world, ref trace);
        }

        Seal(account, ref world);
    }

    /// <summary>Mixes the final state into the hash: the wallet, then every position that is still open.</summary>
    public static void Seal<TWorld>(Account* account, ref TWorld world)
        where TWorld : struct, IWorld
    {
        ulong hash = StateHash.Mix(account->Hash, account->Balance);
        hash = StateHash.Mix(hash, account->Margin);
        int symbols = world.Symbols;
        for (int i = 0; i < symbols; i++)
        {
            Position* position = &world.State(i)->Position;
            if (position->IsOpen)
            {
                hash = StateHash.Mix(hash, (ulong)(uint)i);
                hash = StateHash.Mix(hash, position->Direction * position->Size);
                hash = StateHash.Mix(hash, position->EntryPrice);
                hash = StateHash.Mix(hash, position->HasTrailingStop ? position->TrailingStop : 0.0);
            }
        }

        account->Hash = hash;
    }

    /// <summary>What forbids entries and adds for the whole portfolio at a tick; None when nothing does.</summary>
    public static StopCode MarketRules<TTrace>(in Parameters p, in MarketContext market, ref TTrace trace)
        where TTrace : struct, ITrace
    {
        if (SignalRules.IsBlockedByUnknownBreadth(p, market))
        {
            return StopCode.BreadthUnknown;
        }

        return SignalRules.RegimeGateOpen(-1, p, market, ref trace) ? StopCode.None : StopCode.RegimeGate;
    }
}
