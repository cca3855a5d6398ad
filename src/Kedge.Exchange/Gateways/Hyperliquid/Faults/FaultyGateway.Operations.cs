using System.Globalization;
using Kedge.Exchange.Core;

namespace Kedge.Exchange.Gateways.Hyperliquid.Faults;

/// <summary>Faults that happen by days: to sockets, to the clock, and what the operator of the venue does.</summary>
public sealed partial class FaultyGateway
{
    private static readonly FaultKind[] Daily = [.. FaultWords.Kinds.Where(kind => FaultWords.Rhythm(kind) == FaultRhythm.Day)];

    private void Operate()
    {
        if (_dice.IsIdle)
        {
            return;
        }

        bool mayRetry = _now.MonotonicMs >= _retryMs;
        foreach (FaultKind kind in Daily)
        {
            while (_dice.TakeDue(kind, _now.MonotonicMs))
            {
                Operate(kind, _dice.Lasts(kind));
            }

            // Shots at sockets wait for a frame instead.
            while (mayRetry && FaultWords.IsOperators(kind) && _dice.IsAsked(kind))
            {
                if (!Operate(kind, _dice.LastsOfShot(kind)))
                {
                    _retryMs = _now.MonotonicMs + RetryMs;
                    break;
                }

                _dice.HitsShot(kind, "", out _);
            }
        }
    }

    /// <summary>Does one; false when there is nothing it could be done to.</summary>
    private bool Operate(FaultKind kind, long lastsMs)
    {
        switch (kind)
        {
            case FaultKind.SocketDropped:
            case FaultKind.SocketHalfOpen:
            case FaultKind.SocketStalled:
                return Disturb(kind, lastsMs);
            case FaultKind.ClockStepped:
                return StepClock(lastsMs);
            default:
                break;
        }

        if (_targets is not IFaultTargets targets || Choose(kind, targets, out string subject) is not VenueOperation operation)
        {
            return false;
        }

        Log(kind, subject, Described(operation));
        Forward(new GatewayInput.Operated(operation));
        return true;
    }

    private bool Disturb(FaultKind kind, long lastsMs)
    {
        List<FaultySocket> live = [.. _sockets.Values.Where(socket => !socket.IsHalfOpen)];
        if (live.Count == 0)
        {
            return false;
        }

        FaultySocket socket = live[_dice.Below(kind, live.Count)];
        switch (kind)
        {
            case FaultKind.SocketDropped:
                Drop(socket, "by the plan");
                break;
            case FaultKind.SocketHalfOpen:
                OpenHalf(socket, "by the plan");
                break;
            default:
                Stall(socket, lastsMs);
                break;
        }

        return true;
    }

    /// <summary>One step at a time: several at once would add up to more than the plan says.</summary>
    private bool StepClock(long lastsMs)
    {
        if (_clockMs != 0)
        {
            return false;
        }

        DurationRange range = Plan.ClockStep;
        long by = range.FromMs + (long)(_dice.Draw(FaultKind.ClockStepped) % (ulong)(range.ToMs - range.FromMs + 1));
        by = _dice.Below(FaultKind.ClockStepped, 2) == 0 ? by : -by;
        if (!Hold(StepBack(by), lastsMs))
        {
            return false;
        }

        _clockMs += by;
        Log(
            FaultKind.ClockStepped,
            "venue",
            string.Create(CultureInfo.InvariantCulture, $"by {by} ms for {lastsMs} ms, {_clockMs} ms from the true time now")
        );
        Forward(new GatewayInput.Operated(new VenueOperation.StepClock(by)));
        return true;
    }

    private static HeldItem StepBack(long by) => new() { Input = new GatewayInput.Operated(new VenueOperation.StepClock(-by)) };

    private VenueOperation? Choose(FaultKind kind, IFaultTargets targets, out string subject)
    {
        ulong draw = _dice.Draw(kind);
        Address account;
        int symbol;
        subject = "";
        switch (kind)
        {
            case FaultKind.PartialFillCancel when targets.TryRestingOrder(draw, out account, out long order):
                subject = account.ToString();
                return new VenueOperation.FillThenCancel(account, order, 0);
            case FaultKind.Liquidation when targets.TryPosition(draw, out account, out _, out _):
                subject = account.ToString();
                return new VenueOperation.Liquidate(account);
            case FaultKind.Deleveraging when targets.TryPosition(draw, out account, out symbol, out long lots):
                subject = account.ToString();
                return new VenueOperation.Deleverage(account, symbol, Math.Max(1, lots / 2));
            case FaultKind.Delisting when targets.TryInstrument(draw, out symbol, out int listed) && listed > Plan.ListedMin:
                subject = $"symbol {symbol}";
                return new VenueOperation.Delist(symbol);
            case FaultKind.LotChanged when targets.TryInstrument(draw, out symbol, out _):
                subject = $"symbol {symbol}";
                (int decimals, int finest) = targets.SizeDecimals(symbol);
                return finest == 0 ? null : new VenueOperation.ChangeLotSize(symbol, decimals < finest ? finest : finest - 1);
            case FaultKind.CandleRevised
                when targets.TryClosedCandle(draw, _now.WallMs, out symbol, out long open, out long close):
                subject = $"symbol {symbol}";
                return new VenueOperation.ReviseCandle(symbol, open, close);
            default:
                return null;
        }
    }

    private static string Described(VenueOperation operation) =>
        operation switch
        {
            VenueOperation.FillThenCancel o => $"oid={o.OrderId}: half filled, the rest cancelled",
            VenueOperation.Liquidate => "all positions sold",
            VenueOperation.Deleverage o => $"symbol {o.Symbol}: {o.Lots} lots closed at the mark",
            VenueOperation.Delist => "delisted",
            VenueOperation.ChangeLotSize o => $"sizes have {o.SizeDecimals} decimals",
            VenueOperation.ReviseCandle o => $"candle {o.OpenMs} closes at {o.Close} ticks",
            _ => operation.GetType().Name,
        };
}
