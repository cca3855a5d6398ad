using Kedge.Exchange.Core;
using Kedge.Exchange.Gateways.Hyperliquid;
using Kedge.Exchange.Gateways.Hyperliquid.Faults;
using Kedge.Model.Orders;
using Kedge.Model.Venues;
using Kedge.Simulation.Faults;
using Kedge.Simulation.Network;
using Kedge.Simulation.Scheduling;
using Kedge.Simulation.Venues;
using ExchangeAddress = Kedge.Exchange.Core.Address;
using FaultKind = Kedge.Simulation.Faults.FaultKind;
using VenueFault = Kedge.Exchange.Gateways.Hyperliquid.Faults.FaultKind;

namespace Kedge.Simulation.Trading;

/// <summary>How each thing of <see cref="LaneFault"/> is done to a scenario.</summary>
internal sealed partial class LaneStrikes(
    LaneScenario scenario,
    SimulatedVenueServer server,
    ExchangeAddress owner,
    Func<ExchangeCore> core,
    int listedMin
)
{
    private readonly LaneOperator _operator = new(scenario);

    private VirtualScheduler Scheduler => scenario.Scheduler;

    /// <summary>What an operator does from time to time, so that a lane does not stand still for ever.</summary>
    public void Round(SimRandom dice) => _operator.Round(dice);

    /// <summary>Cancels what an operator has placed.</summary>
    public void CancelPlaced() => _operator.CancelPlaced();

    /// <summary>Whether there is something it could be done to now.</summary>
    public bool Can(LaneFault fault) =>
        fault switch
        {
            LaneFault.Liquidation or LaneFault.Deleveraging => Enumerable
                .Range(0, scenario.Symbols.Count)
                .Any(s => core().Position(Account, s).Size != 0),
            LaneFault.Delisting => Listed().Length > listedMin,
            LaneFault.ProcessKilled or LaneFault.PowerLost => scenario.Lane.IsRunning,
            LaneFault.OperatorCancel => Resting().Any(),
            _ => true,
        };

    /// <summary>Does it; false when there is nothing it could be done to.</summary>
    public bool Do(LaneFault fault, SimRandom dice) =>
        fault switch
        {
            LaneFault.SocketDropped => OnSocket(dice, socket => scenario.Network.Drop(socket, FaultLog.Plan)),
            LaneFault.SocketHalfOpen => OnSocket(
                dice,
                socket => scenario.Network.HalfOpen(socket, (SocketDirections)dice.NextBetween(1, 3), FaultLog.Plan)
            ),
            LaneFault.SocketStalled => OnSocket(
                dice,
                socket =>
                    scenario.Network.Stall(
                        socket,
                        (SocketDirections)dice.NextBetween(1, 3),
                        dice.NextBetween(1_000, 60_000),
                        FaultLog.Plan
                    )
            ),
            LaneFault.SnapshotWithheld => Ask(new FaultShot(VenueFault.SnapshotWithheld))
                && OnSocket(dice, socket => scenario.Network.Drop(socket, FaultLog.Plan)),
            LaneFault.RateLimited => Ask(new FaultShot(VenueFault.RateLimited, (int)dice.NextBetween(1, 20))),
            LaneFault.ServerError => Ask(new FaultShot(VenueFault.ServerError, (int)dice.NextBetween(1, 20))),
            LaneFault.NonceRefused => Ask(new FaultShot(VenueFault.NonceRefused)),
            LaneFault.VenueClockStepped => Ask(new FaultShot(VenueFault.ClockStepped)),
            LaneFault.LaneClockStepped => StepClock(dice),
            LaneFault.Liquidation => AnyPosition(dice) >= 0 && server.Operate(new VenueOperation.Liquidate(owner)),
            LaneFault.Deleveraging => Deleverage(dice),
            LaneFault.Delisting => Delist(dice),
            LaneFault.LotChanged => ChangeLot(dice),
            LaneFault.ForeignOrder => TradeForeign(dice),
            LaneFault.Transfer => Transfer(dice),
            LaneFault.ProcessKilled => Kill(KillKind.Process, dice),
            LaneFault.PowerLost => Kill(KillKind.Power, dice),
            LaneFault.DiskFull => FillDisk(dice),
            LaneFault.SlowFlush => SlowFlush(dice),
            LaneFault.PricesSilent => Silence(dice),
            LaneFault.GarbageConfiguration => scenario.EditConfiguration(dice),
            LaneFault.OperatorOrder => PlaceByHand(dice),
            LaneFault.OperatorCancel => CancelByHand(),
            _ => _operator.Do(dice),
        };

    private int Account => core().FindAccount(owner);

    private int SymbolOf(string name) => scenario.Symbols.ToList().IndexOf(name);

    private static decimal Pow10(int decimals) => decimals == 0 ? 1m : 10m * Pow10(decimals - 1);

    private bool Ask(FaultShot shot) => server.Do((machine, now, effects) => ((FaultyGateway)machine).Inject(shot, now, effects));

    private bool Command(params ExchangeCommand[] commands) => server.Operate(new VenueOperation.Command(commands));

    private bool OnSocket(SimRandom dice, Action<SimSocket> action)
    {
        SimSocket[] open =
        [
            .. scenario.Network.Sockets.Where(s => s.State == SocketState.Open && !s.IsDoomed && s.IsClient).OrderBy(s => s.Id),
        ];
        if (open.Length == 0)
        {
            return false;
        }

        action(open[dice.NextBetween(0, open.Length - 1)]);
        return true;
    }

    private bool StepClock(SimRandom dice)
    {
        long ms = dice.NextBetween(1, 5_000);
        scenario.Lane.StepWall(dice.Chance(0.5) ? ms : -ms, FaultLog.Plan);
        return true;
    }

    private int AnyPosition(SimRandom dice)
    {
        int[] held = [.. Enumerable.Range(0, scenario.Symbols.Count).Where(s => core().Position(Account, s).Size != 0)];
        return held.Length == 0 ? -1 : held[dice.NextBetween(0, held.Length - 1)];
    }

    private bool Deleverage(SimRandom dice)
    {
        int symbol = AnyPosition(dice);
        return symbol >= 0
            && server.Operate(
                new VenueOperation.Deleverage(owner, symbol, Math.Max(1, Math.Abs(core().Position(Account, symbol).Size) / 2))
            );
    }

    private bool Delist(SimRandom dice)
    {
        int[] listed = Listed();
        return listed.Length > listedMin
            && server.Operate(new VenueOperation.Delist(listed[dice.NextBetween(0, listed.Length - 1)]));
    }

    private int[] Listed() => [.. Enumerable.Range(0, scenario.Symbols.Count).Where(s => !core().IsDelisted(s))];

    private bool ChangeLot(SimRandom dice)
    {
        int[] able = [.. Listed().Where(s => core().Settings.Instruments[s].SizeDecimals > 0)];
        if (able.Length == 0)
        {
            return false;
        }

        int symbol = able[dice.NextBetween(0, able.Length - 1)];
        int finest = core().Settings.Instruments[symbol].SizeDecimals;
        int now = core().SizeDecimals(symbol);
        return server.Operate(new VenueOperation.ChangeLotSize(symbol, now < finest ? finest : finest - 1));
    }

    private bool Transfer(SimRandom dice)
    {
        long usd = dice.NextBetween(10, 1_000) * Bounds.Usd;
        return dice.Chance(0.5)
            ? Command(ExchangeCommand.Transfer(ExchangeCore.House, Account, usd))
            : Command(ExchangeCommand.Transfer(Account, ExchangeCore.House, usd));
    }

    private bool Kill(KillKind kind, SimRandom dice)
    {
        if (!scenario.Lane.IsRunning)
        {
            return false;
        }

        scenario.Restart(dice.NextBetween(100, 60_000), kind);
        return true;
    }

    private bool FillDisk(SimRandom dice)
    {
        long us = dice.NextBetween(1_000_000, 600_000_000);
        scenario.Disk.IsFull = true;
        Scheduler.Faults.Add(FaultKind.DiskFull, "lane", FaultLog.Plan, us, Scheduler.NowUs + us);
        Scheduler.At((Scheduler.NowUs + us) / 1_000, "room again", () => scenario.Disk.IsFull = false);
        return true;
    }

    private bool SlowFlush(SimRandom dice)
    {
        scenario.Disk.StallNextFlush(dice.NextBetween(100_000, 10_000_000));
        return true;
    }

    private bool Silence(SimRandom dice)
    {
        scenario.SilencePrices(dice.NextBetween(2 * 60_000_000, 12 * 60_000_000));
        return true;
    }
}
