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
                    (uint)revise.Symbol >= (uint)_store.Candles.Symbols
                    || !_store.Candles.TryRevise(revise.Symbol, revise.OpenMs, revise.Close)
                )
                {
                    Log(effects, "operation", "candle", "there is no such candle");
                }

                break;
            default:
                Log(effects, "operation", operation.GetType().Name, "this core cannot do that");
                break;
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
