using Kedge.Exchange.Core;
using Kedge.Exchange.Gateways.Hyperliquid;
using Kedge.Exchange.Gateways.Hyperliquid.Faults;
using Kedge.Exchange.Hosting;
using Kedge.Exchange.Market;
using Kedge.Model;
using Kedge.Model.Machines;

namespace Kedge.Cli.Exchange;

/// <summary>The parts of a simulated venue, put together: market, core, gateway, operator.</summary>
internal sealed class SimulatedVenue
{
    private readonly HyperliquidGateway _gateway;
    private readonly VenueMarket _market;
    private readonly long _anchorMs;

    private SimulatedVenue(
        HyperliquidGateway gateway,
        ExchangeFaultPlan plan,
        VenueMarket market,
        long anchorMs,
        long startMs,
        string about
    )
    {
        _gateway = gateway;
        _market = market;
        _anchorMs = anchorMs;
        StartMs = startMs;
        About = about;
        FaultyGateway faulty = new(gateway, plan, new CoreFaultTargets(gateway.Core), gateway.ClockStepMs);
        Machine = faulty;
        Desk = new VenueOperatorDesk(faulty, gateway.Core);
    }

    public IMachine<GatewayInput, GatewayOutput> Machine { get; }

    public IOperatorDesk Desk { get; }

    /// <summary>The venue's time when it begins.</summary>
    public long StartMs { get; }

    /// <summary>One line for people about the market.</summary>
    public string About { get; }

    public ExchangeCore Core => _gateway.Core;

    public long Refused => _gateway.Refused;

    /// <summary>A venue, new or as it was saved.</summary>
    /// <exception cref="KedgeException">Bars, instruments, plan or state cannot be used.</exception>
    public static SimulatedVenue Make(ExchangeRun run, long wallMs)
    {
        StateFile? saved = run.State is { } path ? StateFile.Read(path) : null;
        long anchor = saved?.AnchorMs ?? wallMs;
        VenueMarket market = VenueMarket.Open(run.Source, anchor);
        string symbols = string.Join(' ', market.Instruments.Select(i => i.Name));
        if (saved is not null && (saved.Hash != market.Hash || saved.Symbols != symbols))
        {
            throw KedgeException.Usage(
                $"{run.State} was saved with another market ({saved.Symbols}); give the same bars, symbols and interval, or another file with --state"
            );
        }

        long start = Math.Max(wallMs, saved?.TimeMs ?? 0);
        ExchangeSettings rules = new() { Instruments = market.Instruments };
        GatewaySettings settings = new() { Network = run.Network };
        GatewayMarket play = new(market.Series, new MarketSettings(), market.PlayFromMs);
        HyperliquidGateway gateway = saved is null
            ? new HyperliquidGateway(new ExchangeCore(rules), settings, play)
            : Restore(run.State!, rules, settings, play, saved);
        string kind = run.Source.Bars is { } bars
            ? $"bars of {bars}, shifted in time to now"
            : $"generated, seed {run.Source.Seed}";
        return new SimulatedVenue(
            gateway,
            run.Faults is { } faults ? FaultPlanFile.Read(faults) : ExchangeFaultPlan.None,
            market,
            anchor,
            start,
            $"Market    : {run.Source.Interval} {kind}; history before {Timestamp.Show(market.PlayFromMs)} UTC"
                + (saved is null ? "" : $"; goes on from {run.State}")
        );
    }

    /// <summary>Sets the first timers and opens the accounts that were asked for.</summary>
    public void Begin(ExchangeRun run, in Now now, IEffectSink<GatewayOutput> effects)
    {
        // A gateway sets its timers when it is given an input; this one changes nothing.
        GatewayInput first = new GatewayInput.Operated(new VenueOperation.Command([]));
        Machine.Handle(in first, in now, effects);
        foreach (Crypto.Address account in run.Accounts)
        {
            Kedge.Exchange.Core.Address address = VenueOperatorDesk.CoreAddress(in account);
            if (Core.FindAccount(address) < 0)
            {
                GatewayInput open = new GatewayInput.Operated(
                    new VenueOperation.OpenAccount(address, Agent: null, run.Usd * Bounds.Usd)
                );
                Machine.Handle(in open, in now, effects);
            }
        }
    }

    /// <summary>Bytes of a state file. Called between inputs.</summary>
    public byte[] Save(Now now) =>
        new StateFile(
            _market.Hash,
            string.Join(' ', _market.Instruments.Select(i => i.Name)),
            _anchorMs,
            now.WallMs,
            _gateway.Save()
        ).ToBytes();

    private static HyperliquidGateway Restore(
        string path,
        ExchangeSettings rules,
        GatewaySettings settings,
        GatewayMarket play,
        StateFile saved
    )
    {
        try
        {
            return HyperliquidGateway.Restore(rules, settings, play, saved.Gateway.Span);
        }
        catch (InvalidDataException e)
        {
            throw KedgeException.Environment(
                $"{path}: the saved exchange does not fit: {e.Message} Take it from a copy, or move it away to begin anew",
                e
            );
        }
    }
}
