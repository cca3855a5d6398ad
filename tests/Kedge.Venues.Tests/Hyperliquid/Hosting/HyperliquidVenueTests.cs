using System.Collections.Concurrent;
using Kedge.Crypto;
using Kedge.Data.Files;
using Kedge.Model.Orders;
using Kedge.Model.Venues;
using Kedge.Venues.Hyperliquid.Hosting;
using Kedge.Venues.Hyperliquid.Session;

namespace Kedge.Venues.Tests.Hyperliquid.Hosting;

/// <summary>The driver loses no timer, keeps no failure to itself, and never writes an older bound of nonces over a newer one.</summary>
public sealed class HyperliquidVenueTests
{
    private static readonly SessionSettings Quick = new() { BackoffMinMs = 50, BackoffMaxMs = 50 };

    [Fact]
    public async Task An_alarm_that_rings_a_little_early_is_set_again()
    {
        Listener listener = new();
        await using HyperliquidVenue venue = HyperliquidVenue.Start(Options(new EarlyClock()), listener);
        await listener.Until(() => listener.Count<VenueEvent.SessionDown>() >= 4);
    }

    [Fact]
    public async Task When_the_listener_fails_it_is_told_that_the_session_is_down_and_commands_still_end()
    {
        Listener listener = new() { FailsOnce = true };
        await using HyperliquidVenue venue = HyperliquidVenue.Start(Options(TimeProvider.System), listener);
        await listener.Until(() => listener.Count<VenueEvent.SessionDown>() >= 1);
        await Assert.ThrowsAsync<InvalidOperationException>(() => venue.Ended.WaitAsync(TimeSpan.FromSeconds(10)));
        VenueEvent.SessionDown down = Assert.Single(listener.Events.OfType<VenueEvent.SessionDown>());
        Assert.Equal(long.MaxValue, down.RetryInMs);
        venue.Send(new VenueCommand.Cancel("BTC", new ClientOrderId(1)));
        VenueEvent.CancelAnswered answer = Assert.Single(listener.Events.OfType<VenueEvent.CancelAnswered>());
        Assert.Equal(RejectCode.NotSent, answer.Code);
        Assert.Contains("closed", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_late_save_does_not_take_the_bound_of_nonces_back()
    {
        string folder = Directory.CreateTempSubdirectory("nonces").FullName;
        try
        {
            Assert.True(Address.TryParse("0x1719884eb866cb12b2287399b15f7db5e7d775ea", out Address signer));
            using (NonceFile file = NonceFile.Open(LocalFileSystem.Instance, folder, signer))
            {
                file.Save(2_000);
                file.Save(1_000); // Was stuck on the disk for longer than the session waited.
            }

            using NonceFile again = NonceFile.Open(LocalFileSystem.Instance, folder, signer);
            Assert.Equal(2_000, again.Bound);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static VenueHostOptions Options(TimeProvider time)
    {
        // Nobody listens on the discard port: every connection is refused at once.
        Assert.True(NetworkEndpoint.TryParse("http://127.0.0.1:9", isMainnet: false, out NetworkEndpoint? nowhere));
        return new VenueHostOptions
        {
            Network = nowhere,
            Session = Quick,
            Time = time,
        };
    }

    private sealed class Listener : IVenueListener
    {
        private bool hasFailed;

        public ConcurrentQueue<VenueEvent> Events { get; } = [];

        public bool FailsOnce { get; init; }

        public int Count<T>() => Events.OfType<T>().Count();

        public void On(VenueEvent venueEvent)
        {
            if (FailsOnce && !hasFailed)
            {
                hasFailed = true;
                throw new InvalidOperationException("the listener fails");
            }

            Events.Enqueue(venueEvent);
        }

        public void Mid(string symbol, double mid, long receivedMonotonicMs) { }

        public void Quote(string symbol, double bid, double ask, long venueMs, long receivedMonotonicMs) { }

        public async Task Until(Func<bool> isDone)
        {
            for (int i = 0; i < 400 && !isDone(); i++)
            {
                await Task.Delay(25, TestContext.Current.CancellationToken);
            }

            Assert.True(isDone());
        }
    }

    /// <summary>Alarms ring some milliseconds before their time, as they do where they count in coarser ticks than the clock that is read.</summary>
    private sealed class EarlyClock : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            new EarlyTimer(base.CreateTimer(callback, state, dueTime, period));

        private sealed class EarlyTimer(ITimer timer) : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period) =>
                timer.Change(dueTime > TimeSpan.FromMilliseconds(4) ? dueTime - TimeSpan.FromMilliseconds(4) : dueTime, period);

            public void Dispose() => timer.Dispose();

            public ValueTask DisposeAsync() => timer.DisposeAsync();
        }
    }
}
