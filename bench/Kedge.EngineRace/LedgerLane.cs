using Kedge.Data.Ledger;
using Kedge.Kernel;
using Kedge.Model;
using Kedge.Model.Ledger;
using Kedge.Model.Machines;
using Kedge.Model.Venues;
using Kedge.Trading.Engine;
using Kedge.Trading.Engine.Hosting;
using Kedge.Trading.Tests.Live;

namespace Kedge.EngineRace;

/// <summary>One life of a live lane with its ledger, before a venue that outlives it.</summary>
internal sealed class LedgerLane : IDisposable
{
    private const long HourMs = 3_600_000;
    private readonly EngineMarket _market;
    private readonly MirrorVenue _venue;
    private readonly List<VenueEvent> _told;
    private readonly SqliteLedger _ledger;
    private readonly EmergencyFile _emergency;
    private readonly EngineDriver _driver;
    private readonly Func<long> _nowMs;

    /// <summary>Starts a life: opens the ledger, loads it, restores the engine.</summary>
    /// <param name="market">What it trades.</param>
    /// <param name="venue">Where.</param>
    /// <param name="told">Fills the venue has told; what the ledger lacks of them is told again by the adapter's catch-up.</param>
    /// <param name="path">The ledger.</param>
    /// <param name="nowMs">The clock.</param>
    public LedgerLane(EngineMarket market, MirrorVenue venue, List<VenueEvent> told, string path, Func<long> nowMs)
    {
        (_market, _venue, _told, _nowMs) = (market, venue, told, nowMs);
        _ledger = SqliteLedger.Open(new SqliteLedgerOptions(path, "race", "0xrace"), nowMs());
        _emergency = EmergencyFile.Open(path + ".emergency");
        LedgerOutcome merged = EmergencyMerge.Into(_ledger, _emergency, nowMs(), out _);
        if (!merged.IsOk)
        {
            throw new InvalidOperationException(merged.Text);
        }

        Image = _ledger.Load();
        TradingEngine engine = new(
            new EngineSettings
            {
                Lane = "race",
                Account = "0xrace",
                Mode = TradingMode.Live,
                LoadsBarsAtStart = false,
                LookEveryMs = 60_000,
                Risk = EngineMarket.Risk,
                Live = EngineMarket.Live,
            },
            market.Rules
        );
        engine.Restore(Image, Now);
        _driver = new EngineDriver(
            engine,
            new EngineDriverOptions
            {
                Ledger = _ledger,
                Emergency = _emergency,
                Send = command =>
                {
                    Asked += command is VenueCommand.ResolveOrder ? 1 : 0;
                    Commands.Add(command);
                },
                Load = _ => { },
            }
        );
        _driver.Start(Now);
    }

    public TradingEngine Engine => _driver.Engine;

    public LedgerImage Image { get; }

    /// <summary>What left for the venue and was not looked at yet.</summary>
    public List<VenueCommand> Commands { get; } = [];

    /// <summary>Orders of an earlier life that were asked about.</summary>
    public int Asked { get; private set; }

    private Now Now => new(_nowMs() - _market.Bars[0][0].OpenTimeMs + HourMs, _nowMs());

    public void Tell(VenueEvent told) => _driver.Tell(new EngineEvent.Told(told), Now);

    /// <summary>Fires what is due.</summary>
    public void Wait()
    {
        _driver.Advance(Now);
        Answer();
    }

    public void Prices(int bar, Func<Bar, double> of)
    {
        for (int s = 0; s < _market.Symbols.Count; s++)
        {
            double mid = of(_market.Bars[s][bar]);
            _driver.Price(new PriceTick(s, mid, mid * 0.9998, mid * 1.0002, _nowMs(), Now.MonotonicMs), Now);
            Answer();
        }
    }

    public void Bars(int bar)
    {
        for (int s = 0; s < _market.Symbols.Count; s++)
        {
            _driver.Tell(new EngineEvent.CandleClosed(_market.Symbols[s], Interval.OneHour, _market.Bars[s][bar]), Now);
            Answer();
        }
    }

    /// <summary>The bars of a tick; nothing that leaves is looked at yet.</summary>
    public void BarsUnanswered(int bar)
    {
        for (int s = 0; s < _market.Symbols.Count; s++)
        {
            _driver.Tell(new EngineEvent.CandleClosed(_market.Symbols[s], Interval.OneHour, _market.Bars[s][bar]), Now);
        }
    }

    /// <summary>The venue takes what was sent and answers; everything is told.</summary>
    public void Answer()
    {
        Carry();
        while (_venue.Events.TryDequeue(out VenueEvent? told))
        {
            if (told is VenueEvent.Filled)
            {
                _told.Add(told);
            }

            Tell(told);
            Carry();
        }
    }

    /// <summary>The venue takes what was sent; what it answers is not heard by this life.</summary>
    public void AnswerNobody()
    {
        Carry();
        while (_venue.Events.TryDequeue(out VenueEvent? told))
        {
            if (told is VenueEvent.Filled)
            {
                _told.Add(told);
            }
        }
    }

    public void Dispose()
    {
        Engine.Dispose();
        _ledger.Dispose();
        _emergency.Dispose();
    }

    private void Carry()
    {
        foreach (VenueCommand command in Commands)
        {
            _venue.Take(command);
        }

        Commands.Clear();
    }
}
