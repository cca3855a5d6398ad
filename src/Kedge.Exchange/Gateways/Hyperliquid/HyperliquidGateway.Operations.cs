using Kedge.Exchange.Core;
using Kedge.Model.Machines;

namespace Kedge.Exchange.Gateways.Hyperliquid;

/// <summary>What the operator of the venue asks for.</summary>
public sealed partial class HyperliquidGateway
{
    private const long MaxStepMs = 366L * 86_400_000;

    private void Operate(VenueOperation operation, IEffectSink<GatewayOutput> effects)
    {
        switch (operation)
        {
            case VenueOperation.OpenAccount open:
                OpenAccount(open, effects);
                break;
            case VenueOperation.Command command:
                foreach (ExchangeCommand one in command.Commands)
                {
                    _store.Run(in one);
                }

                break;
            case VenueOperation.StepClock step:
                _store.ClockStepMs = Math.Clamp(
                    Math.Clamp(step.ByMs, -MaxStepMs, MaxStepMs) + _store.ClockStepMs,
                    -MaxStepMs,
                    MaxStepMs
                );
                break;
            case VenueOperation.ReviseCandle revise:
                if (
                    revise.Symbol < 0
                    || revise.Symbol >= _store.Candles.Symbols
                    || !_store.Candles.TryRevise(revise.Symbol, revise.OpenMs, revise.Close)
                )
                {
                    Log(effects, "operation", "candle", "there is no such candle");
                }

                break;
            case VenueOperation.FillThenCancel fill:
                Command(
                    ExchangeCommand.FillThenCancel(_store.Core.FindAccount(fill.Account), fill.OrderId, fill.Lots),
                    fill.Account.ToString(),
                    effects
                );
                break;
            case VenueOperation.Liquidate liquidate:
                Command(
                    ExchangeCommand.Liquidate(_store.Core.FindAccount(liquidate.Account)),
                    liquidate.Account.ToString(),
                    effects
                );
                break;
            case VenueOperation.Deleverage deleverage:
                Command(
                    ExchangeCommand.Deleverage(_store.Core.FindAccount(deleverage.Account), deleverage.Symbol, deleverage.Lots),
                    deleverage.Account.ToString(),
                    effects
                );
                break;
            case VenueOperation.Delist delist:
                Command(ExchangeCommand.Delist(delist.Symbol), Subject(delist.Symbol), effects);
                break;
            case VenueOperation.ChangeLotSize change:
                Command(ExchangeCommand.ChangeLotSize(change.Symbol, change.SizeDecimals), Subject(change.Symbol), effects);
                break;
            default:
                Log(effects, "operation", operation.GetType().Name, "not known here");
                break;
        }
    }

    private static string Subject(int symbol) => $"symbol {symbol}";

    private void Command(in ExchangeCommand command, string subject, IEffectSink<GatewayOutput> effects)
    {
        bool isKnown = command.Account >= 0 && command.Symbol >= 0;
        OrderStatus status = isKnown ? _store.Ask(in command) : OrderStatus.UnknownAccount;
        if (status != OrderStatus.None)
        {
            Log(effects, "operation", subject, $"{command.Kind}: {status}");
        }
    }

    private void OpenAccount(VenueOperation.OpenAccount open, IEffectSink<GatewayOutput> effects)
    {
        if (_store.Core.FindAccount(open.Account) < 0)
        {
            _store.Run(ExchangeCommand.CreateAccount(open.Account));
        }

        int account = _store.Core.FindAccount(open.Account);
        OrderStatus status = account < 0 ? OrderStatus.DirectoryRefused : OrderStatus.None;
        if (status == OrderStatus.None && open.Usd > 0)
        {
            status = _store.Ask(ExchangeCommand.Transfer(ExchangeCore.House, account, open.Usd));
        }

        if (status == OrderStatus.None && open.Agent is Address agent)
        {
            status = _store.Ask(ExchangeCommand.ApproveAgent(account, agent, null, 0));
        }

        if (status != OrderStatus.None)
        {
            Log(effects, "operation", open.Account.ToString(), OrderStatusText.Error(status));
        }
    }

    private void Log(IEffectSink<GatewayOutput> effects, string code, string subject, string detail)
    {
        Refused++;
        effects.Add(new GatewayOutput.Logged(new GatewayLogEntry(_store.Now.WallMs, code, subject, detail)));
    }
}
