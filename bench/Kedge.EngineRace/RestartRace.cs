using System.Diagnostics;
using System.Globalization;
using Kedge.Data.Ledger;
using Kedge.Model.Ledger;
using Kedge.Model.Orders;
using Kedge.Model.Venues;
using Kedge.Trading.Tests.Live;

namespace Kedge.EngineRace;

/// <summary>
/// A live lane that has traded for long is killed with orders on their way and starts again: how long until it and the venue agree, what the venue takes for
/// its answers left out.
/// </summary>
internal sealed class RestartRace(string folder, TextWriter to)
{
    private const long HourMs = 3_600_000;
    private const int Starts = 7;
    private const int CatchUp = 1_000;
    private readonly EngineMarket _market = EngineMarket.Make(50, 4_000, busy: true);
    private readonly List<VenueEvent> _told = [];
    private long _nowMs;
    private int _bar;

    public void Run(int orders)
    {
        string past = Past(orders, out MirrorVenue venue);
        long diedMs = _nowMs;
        for (int i = 0; i < Starts; i++)
        {
            string path = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"start-{i}.db"));
            File.Copy(past, path);
            _nowMs = diedMs + 5_000;
            Restart(path, venue);
        }
    }

    /// <summary>Trades until there are so many orders, and dies at a tick with its orders under way.</summary>
    private string Past(int orders, out MirrorVenue venue)
    {
        string path = Path.Combine(
            Directory.Exists("/dev/shm")
                ? Directory.CreateDirectory(Path.Combine("/dev/shm", Path.GetFileName(folder))).FullName
                : folder,
            "past.db"
        );
        MirrorVenue at = venue = new MirrorVenue(100_000m, 0.0001m)
        {
            WallMs = () => _nowMs,
            MarkOf = symbol => (decimal)_market.Market.Bars[symbol][_bar].Close,
        };
        long startMs = _market.Bars[0][0].OpenTimeMs;
        _nowMs = startMs;
        long began = Stopwatch.GetTimestamp();
        using (LedgerLane lane = new(_market, venue, _told, path, () => _nowMs))
        {
            lane.Tell(new VenueEvent.SessionUp(1));
            bool isLast = false;
            for (int bar = 0; !isLast; bar++)
            {
                _bar = bar;
                isLast = venue.Placed >= orders;
                long openMs = startMs + (bar * HourMs);
                At(openMs + (HourMs / 2), () => lane.Prices(bar, b => b.Low));
                At(openMs + (HourMs * 3 / 4), () => lane.Prices(bar, b => b.High));
                At(openMs + HourMs - 1_000, () => lane.Prices(bar, b => b.Close));
                lane.Tell(at.Account());
                _nowMs = openMs + HourMs + 100;
                if (isLast)
                {
                    lane.BarsUnanswered(bar);
                    lane.AnswerNobody();
                }
                else
                {
                    lane.Bars(bar);
                    At(_nowMs + 2_000, lane.Wait);
                }
            }

            to.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{at.Placed} orders, {_told.Count} fills in {(_nowMs - startMs) / HourMs} simulated hours ({Stopwatch.GetElapsedTime(began).TotalSeconds:F0} s)"
                )
            );
        }

        return path;
    }

    private void At(long ms, Action action)
    {
        _nowMs = ms;
        action();
    }

    private void Restart(string path, MirrorVenue venue)
    {
        double venueMs = 0.0;
        long start = Stopwatch.GetTimestamp();
        using LedgerLane lane = new(_market, venue, _told, path, () => _nowMs);
        double loadedMs = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        int open = lane.Engine.Unresolved;
        HashSet<FillKey> known = [.. lane.Image.FillKeys];
        lane.Tell(new VenueEvent.SessionUp(2));
        VenueCommand[] asked = [.. lane.Commands];
        lane.Commands.Clear();

        // The adapter's catch-up: fills behind its cursor that the ledger does not have.
        long paused = Stopwatch.GetTimestamp();
        VenueEvent.Filled[] missing =
        [
            .. _told
                .TakeLast(CatchUp)
                .OfType<VenueEvent.Filled>()
                .Where(f => !known.Contains(new FillKey("0xrace", f.Fill.TradeId, f.Fill.VenueOrderId, 0))),
        ];
        VenueEvent account = venue.Account();
        Dictionary<ClientOrderId, VenueEvent.Filled> ends = missing.ToDictionary(f => f.Fill.Id);
        venueMs += Stopwatch.GetElapsedTime(paused).TotalMilliseconds;
        foreach (VenueEvent.Filled fill in missing)
        {
            lane.Tell(fill);
        }

        lane.Tell(account);
        lane.Tell(new VenueEvent.OpenOrdersAnswered([], null));
        foreach (VenueCommand.ResolveOrder resolve in asked.OfType<VenueCommand.ResolveOrder>())
        {
            lane.Tell(Report(venue, resolve, ends.GetValueOrDefault(resolve.Id)));
        }

        double ms = Stopwatch.GetElapsedTime(start).TotalMilliseconds - venueMs;
        string differs = Differences(lane, venue);
        to.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"  restart: {open} orders in flight, {missing.Length} fills missed; loaded and restored {loadedMs, 8:F1} ms, reconciled {ms, 8:F1} ms; {differs}"
            )
        );
    }

    private static VenueEvent.OrderStatusAnswered Report(
        MirrorVenue venue,
        VenueCommand.ResolveOrder resolve,
        VenueEvent.Filled? filled
    )
    {
        if (filled is null)
        {
            return new VenueEvent.OrderStatusAnswered(resolve.Id, null, true, null);
        }

        Fill fill = filled.Fill;
        OrderIntent order = new(
            resolve.Id,
            fill.Symbol,
            fill.IsBuy,
            fill.Size,
            fill.Price,
            Model.Orders.TimeInForce.Ioc,
            ReduceOnly: false
        );
        return new VenueEvent.OrderStatusAnswered(
            resolve.Id,
            venue.Report(order, fill.VenueOrderId, fill.Size, OrderPhase.Filled),
            false,
            null
        );
    }

    private string Differences(LedgerLane lane, MirrorVenue venue)
    {
        List<string> differences = [.. venue.Complaints];
        for (int s = 0; s < _market.Symbols.Count; s++)
        {
            decimal held = lane.Engine.OwnOf(s) + lane.Engine.ForeignOf(s);
            decimal atVenue = venue.SizeOf(_market.Symbols[s]);
            if (held != atVenue)
            {
                differences.Add($"{_market.Symbols[s]}: {held} and {atVenue}");
            }
        }

        if (lane.Engine.Unresolved > 0)
        {
            differences.Add($"{lane.Engine.Unresolved} are not resolved");
        }

        return differences.Count == 0 ? "all agree" : string.Join(", ", differences);
    }
}
