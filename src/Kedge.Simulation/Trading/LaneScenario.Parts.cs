using System.Buffers.Binary;
using Kedge.Configuration;
using Kedge.Crypto;
using Kedge.Data.Feed;
using Kedge.Data.Ledger;
using Kedge.Exchange.Core;
using Kedge.Exchange.Gateways.Hyperliquid;
using Kedge.Exchange.Gateways.Hyperliquid.Faults;
using Kedge.Kernel;
using Kedge.Model;
using Kedge.Model.Ledger;
using Kedge.Model.Machines;
using Kedge.Model.Venues;
using Kedge.Simulation.Crashes;
using Kedge.Simulation.Disk;
using Kedge.Simulation.Faults;
using Kedge.Simulation.Scheduling;
using Kedge.Simulation.Venues;
using Kedge.Trading.Engine;
using Kedge.Trading.Journal;
using Kedge.Venues.Hyperliquid.Session;
using ExchangeAddress = Kedge.Exchange.Core.Address;

namespace Kedge.Simulation.Trading;

// What a scenario is made of.
public sealed partial class LaneScenario
{
    private const string LedgerPath = "/lane/ledger.db";
    private const string EmergencyPath = "/lane/ledger.db.emergency";
    private const string JournalPath = "/lane/journal";
    private const int PricesEveryMs = 60_000;

    // So few that a day has answers of several pages.
    private const int FillsPerPage = 6;
    internal const string EmergencyName = "place.emergency";
    private const string NoncePath = "/lane/nonce";
    private const long RestartMs = 10_000;
    private const long ReconcileMs = 40_000;

    private FeedSettings FeedSettingsFor(EngineRules rules) =>
        new()
        {
            HistoryBars = Math.Max(300, _options.Setup?.Bars ?? 0),
            ChunkBars = 300,
            RecentBars = 20,
            ConfirmMinutesEveryMs = 300_000,
            CalmTickMs = 15_000,
            WithQuotes = false,
            Coarse = [.. new[] { rules.Main, rules.Entry ?? rules.Main }.Distinct().Where(i => i != FeedSettings.Minute)],
        };

    /// <summary>Counts what the invariants have looked at.</summary>
    private void CountChecks()
    {
        Action check = Engine.Handled!;
        Engine.Handled = () =>
        {
            _checked++;
            check();
        };
    }

    private SimulatedLaneOptions LaneOptions() =>
        new()
        {
            Connect = listener => new SimulatedVenue(
                Network,
                Lane,
                _server.Names,
                () =>
                    new HyperliquidSession(
                        new SessionSettings
                        {
                            Account = AddressOf(Owner),
                            Signer = Key(0x22),
                            WeightShare = 0.5,
                            JitterSeed = _options.Seed,
                            MidsStaleMs = PricesEveryMs + 10_000,
                            QuoteStaleMs = PricesEveryMs + 10_000,
                            PingAfterMs = 45_000,
                            AuditEveryMs = 40_000,
                            OrderAuditEveryMs = 60_000,
                            OpenEndedEvery = _options.Faults.OpenEndedEvery,
                            FillsPerPage = FillsPerPage,
                        }
                    ),
                (session, _, sink) => ((HyperliquidSession)session).DeliverPrices(sink),
                listener,
                VenueCapabilities.RestingOrders | VenueCapabilities.Funding | VenueCapabilities.Sends,
                disk: new VenueDisk(Disk, NoncePath, "venue")
            ),
            NameOf = NameOf,
            Disk = Disk,
            Create = () =>
                new TradingEngine(
                    new EngineSettings
                    {
                        Lane = "simulated",
                        Account = "0xsimulated",
                        Mode = TradingMode.Live,
                        Risk = _options.Setup?.Risk ?? _options.Risk,
                        WarmUpBars = _options.Setup?.Bars ?? 250,
                        LookEveryMs = _options.LookEveryMs,
                        PriceMaxAgeMs = PricesEveryMs + 10_000,
                        Live = _options.Setup?.Live(ReconcileMs) ?? new LiveSettings { ReconcileEveryMs = ReconcileMs },
                    },
                    _rules
                ),
            Open = () => new WatchedLedger(KillableLedger.Open(OpenLedger, Disk.Points), _mirror),
            OpenEmergency = () =>
                new WatchedEmergency(
                    KillableEmergency.Open(() => EmergencyFile.Open(EmergencyPath, Disk.Files), Disk.Points),
                    _mirror
                ),
            OpenJournal = () =>
                JournalWriter.Open(
                    new SitedFiles(Disk.Files, Disk.Points, "journal"),
                    new JournalOptions
                    {
                        Folder = JournalPath,
                        SegmentMs = _options.SegmentMs,
                        KeepSegments = _options.KeepSegments,
                    }
                ),
            Bars = Bars,
            Quotes = Symbols,
        };

    /// <summary>What a command does, for its crash point: orders by what they do to the position.</summary>
    internal string NameOf(VenueCommand command)
    {
        if (command is not VenueCommand.Place place)
        {
            string name = command.GetType().Name;
            return char.ToLowerInvariant(name[0]) + name[1..];
        }

        return !_mirror.ByOrder.TryGetValue(place.Orders[0].Intent.Id, out MirroredIntent? intent) ? EmergencyName
            : intent.Row.Owner == IntentOwner.Operator ? "place.operator"
            : intent.Row.Action switch
            {
                OrderAction.Close => "place.close",
                OrderAction.Reduce => "place.reduce",
                _ => "place.entry",
            };
    }

    /// <summary>A lane that ended by itself, at a crash point or because it was told to, is started again.</summary>
    private void Revive()
    {
        if (Disk.Points.IsKilled || _isStopping)
        {
            _isStopping = false;
            StartAfter(_restarts.NextBetween(100, 60_000));
        }
    }

    private void HearVenue(GatewayLogEntry entry, LaneCoverage coverage)
    {
        if (!entry.Code.StartsWith("fault.", StringComparison.Ordinal))
        {
            return;
        }

        VenueFaults++;
        if (
            FaultWords.TryParse(entry.Code["fault.".Length..], out Exchange.Gateways.Hyperliquid.Faults.FaultKind kind)
            && _options.Faults.Shares.ContainsKey(kind)
        )
        {
            _report.Count($"fault {kind}");
            coverage.Struck(kind.ToString());
        }
    }

    private static bool IsPrice(ReadOnlySpan<byte> message) =>
        message.StartsWith("{\"channel\":\"allMids\""u8) || message.StartsWith("{\"channel\":\"bbo\""u8);

    private decimal VenuePosition(int symbol)
    {
        ExchangeCore core = _gateway.Core;
        if (!ReferenceEquals(_core, core))
        {
            (_core, _account) = (core, core.FindAccount(Addresses(Owner)));
        }

        return Scale(core.Position(_account, symbol).Size, core.Settings.Instruments[symbol].SizeDecimals);
    }

    private void Reopened(LedgerImage image)
    {
        _mirror.Opened(image);
        _invariants.Opened();
        _report.Complain(LaneInvariant.JournalReplays, _journal.Look(image.Journal));
        if (Lane.Starts > 1)
        {
            _report.Complain(LaneInvariant.LedgerReplays, ReplayLedger());
        }
    }

    /// <summary>
    /// For the feed's candles and for copies of the ledger that are looked at: nothing whose loss is part of a scenario. In memory where the machine has files
    /// there, for nobody waits for their flushes.
    /// </summary>
    private static string ScratchFolder()
    {
        const string InMemory = "/dev/shm";
        if (!Directory.Exists(InMemory))
        {
            return Directory.CreateTempSubdirectory("kedge-simulate-").FullName;
        }

        try
        {
            return Directory.CreateDirectory(Path.Combine(InMemory, $"kedge-simulate-{Guid.NewGuid():N}")).FullName;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return Directory.CreateTempSubdirectory("kedge-simulate-").FullName;
        }
    }

    /// <summary>A copy of the ledger and its log, held against its own history.</summary>
    private IReadOnlyList<string> ReplayLedger()
    {
        string copy = Path.Combine(_folder, "ledger.db");
        foreach (string end in (string[])["", "-wal"])
        {
            File.Delete(copy + end);
            if (Disk.Read(LedgerPath + end) is { } bytes)
            {
                File.WriteAllBytes(copy + end, bytes);
            }
        }

        return LedgerCheck.Run(copy);
    }

    private void Supervise(string why)
    {
        _report.Count("starts that failed");
        Scheduler.Trace?.Invoke(new SimTraceEntry(Scheduler.NowUs, "lane", "no start", 0, why));
        StartAfter(RestartMs);
    }

    private void StartAfter(long ms) =>
        Scheduler.At(
            (Scheduler.NowUs / 1_000) + ms,
            "restart",
            () =>
            {
                if (!Lane.IsRunning)
                {
                    Lane.Start();
                }
            }
        );

    private SqliteLedger OpenLedger() =>
        SqliteLedger.Open(
            new SqliteLedgerOptions(LedgerPath, "simulated", "0xsimulated") { FileSystem = _vfs.Name },
            Scheduler.Now.WallMs
        );

    private IReadOnlyList<Bar> Bars(string symbol, Interval interval, int count)
    {
        using FeedStore store = FeedStore.Open(_folder, Intervals);
        FeedSettings settings = _feedSettings with
        {
            WindowBars = count,
            HistoryBars = Math.Max(count, _feedSettings.HistoryBars),
        };
        StoredSeries? series = store.Read([symbol], settings, Lane.Now.WallMs).FirstOrDefault(s => s.Interval == interval);
        return series is null ? [] : [.. series.Recent.Select(b => new Bar(b.OpenMs, b.Open, b.High, b.Low, b.Close, b.Volume))];
    }

    private void Serve(FeedEffect effect)
    {
        if (effect is not FeedEffect.Served served || (served.Interval != _rules.Main && served.Interval != _rules.Entry))
        {
            return;
        }

        VenueCandle b = served.Bar;
        EngineEvent told =
            served.Kind == ServedAs.Revised
                ? new EngineEvent.CandleRevised(served.Symbol, served.Interval, b.OpenMs)
                : new EngineEvent.CandleClosed(
                    served.Symbol,
                    served.Interval,
                    new Bar(b.OpenMs, b.Open, b.High, b.Low, b.Close, b.Volume),
                    served.IsComplete
                );
        Engine.Tell(told);
    }

    private SimulatedVenue ConnectFeed(IVenueListener listener) =>
        new(
            Network,
            Lane,
            _server.Names,
            () =>
                new HyperliquidSession(
                    new SessionSettings
                    {
                        WeightShare = 0.5,
                        JitterSeed = _options.Seed ^ 77,
                        MidsStaleMs = PricesEveryMs + 10_000,
                    }
                ),
            (session, _, sink) => ((HyperliquidSession)session).DeliverPrices(sink),
            listener,
            VenueCapabilities.History,
            disk: new VenueDisk(Disk, "/lane/nonce-of-the-feed", "feed")
        );

    private FaultyGateway CreateGateway(byte[]? saved)
    {
        ExchangeCore core = new(new ExchangeSettings { Instruments = [.. Symbols.Select(LaneMarket.InstrumentOf)] });
        _gateway = new HyperliquidGateway(core, new GatewaySettings { FillsServed = FillsPerPage }, _market);
        return new FaultyGateway(_gateway, ExchangeFaultPlan.None, new CoreFaultTargets(core), 0);
    }

    private EngineRules Rules(IReadOnlyList<string> overrides)
    {
        if (_options.Setup is { } setup)
        {
            return setup.Rules(
                setup.Symbols.ToDictionary(s => s, LaneMarket.SpecOf, StringComparer.Ordinal),
                new FeedSettings().GraceMs
            );
        }

        StrategyConfiguration configuration = ConfigurationLoader.Defaults(
            new ConfigurationOptions { Symbols = Symbols, Overrides = [.. overrides.Select(o => ConfigurationOverride.Parse(o))] }
        );
        Dictionary<string, InstrumentSpec> specs = Symbols.ToDictionary(s => s, LaneMarket.SpecOf, StringComparer.Ordinal);
        return EngineRules.Of(configuration, Symbols, specs) with { Lookback = 60 };
    }

    private static decimal Scale(long units, int decimals) =>
        units < 0 ? -Scale(-units, decimals) : new decimal((int)units, (int)(units >> 32), 0, false, (byte)decimals);

    private static ExchangeAddress Addresses(PrivateKey key)
    {
        ReadOnlySpan<byte> bytes = AddressOf(key).Span;
        return new ExchangeAddress(
            BinaryPrimitives.ReadUInt32BigEndian(bytes),
            BinaryPrimitives.ReadUInt128BigEndian(bytes[4..])
        );
    }

    private static Crypto.Address AddressOf(PrivateKey key) => Secp256k1.Default.PublicKeyOf(key).ToAddress();

    private static PrivateKey Key(byte fill)
    {
        Span<byte> bytes = stackalloc byte[PrivateKey.Length];
        bytes.Fill(fill);
        return PrivateKey.TryCreate(bytes, out PrivateKey? key) ? key : throw new InvalidOperationException("not a key");
    }
}
