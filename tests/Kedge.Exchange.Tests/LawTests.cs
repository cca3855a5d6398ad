using Kedge.Exchange.Core;
using Kedge.Exchange.Core.Accounts;
using Kedge.Exchange.Core.Books;
using Kedge.Exchange.Core.Engine;
using Kedge.Model.Machines;

namespace Kedge.Exchange.Tests;

/// <summary>The laws of the core over more than 100,000 random operations.</summary>
public sealed class LawTests
{
    [Theory]
    [InlineData(1, 30_000)]
    [InlineData(2, 30_000)]
    [InlineData(3, 30_000)]
    [InlineData(4, 30_000)]
    public void A_naive_book_beside_the_fast_one_gives_the_same_state_and_events_and_every_law_holds(ulong seed, int operations)
    {
        ExchangeEngine<OrderBook> fast = new(Markets.Settings);
        ExchangeEngine<NaiveOrderBook> naive = new(Markets.Settings);
        RandomCommands commands = new(seed);
        ShadowLedger shadow = new(16);
        Dictionary<EventKind, int> seen = [];
        HashSet<FillCause> causes = [];
        for (int step = 0; step < operations; step++)
        {
            ExchangeCommand command = commands.Next(fast);
            Now now = new(commands.NowMs - 1_600_000_000_000, commands.NowMs);
            Recorder fastEvents = new();
            Recorder naiveEvents = new();
            fast.Handle(in command, in now, fastEvents);
            naive.Handle(in command, in now, naiveEvents);

            Assert.True(fastEvents.Events.SequenceEqual(naiveEvents.Events), $"seed {seed} step {step}: events differ");
            Assert.True(Hash(fast) == Hash(naive), $"seed {seed} step {step}: states differ");
            fast.Verify();
            fastEvents.Events.ForEach(e => shadow.Take(in e));
            VerifyWallets(fast.Clearing, shadow, seed, step);
            VerifyDepth(fast, naive, step);
            foreach (ExchangeEvent e in fastEvents.Events)
            {
                causes.Add(e.Cause);
                seen[e.Kind] = seen.GetValueOrDefault(e.Kind) + 1;
            }
        }

        // The run was worth something: everything happened, many times.
        Assert.All(
            Enum.GetValues<EventKind>().Where(kind => kind != EventKind.BadDebt),
            kind => Assert.True(seen.GetValueOrDefault(kind) > 2, $"{kind} was hardly seen")
        );
        Assert.Superset(new HashSet<FillCause>(Enum.GetValues<FillCause>()), causes);
        Assert.True(seen[EventKind.Trade] > operations / 20, $"only {seen[EventKind.Trade]} trades");
    }

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    public void The_same_seed_gives_the_same_bytes_and_a_restored_exchange_has_the_same_future(ulong seed)
    {
        ExchangeCore first = new(Markets.Settings);
        ExchangeCore second = new(Markets.Settings);
        ExchangeCore third = new(Markets.Settings);
        RandomCommands commands = new(seed, delistsFrom: 3_000);
        RandomCommands again = new(seed, delistsFrom: 3_000);
        for (int step = 0; step < 6_000; step++)
        {
            if (step % 701 == 0)
            {
                byte[] saved = first.Save();
                Assert.Equal(saved, second.Save());
                Assert.Equal(saved, third.Save());
                third = ExchangeCore.Restore(Markets.Settings, saved);
                third.Verify();
                Assert.Equal(first.StateHash(), third.StateHash());
            }

            ExchangeCommand command = commands.Next(first.Engine);
            Now now = new(commands.NowMs, commands.NowMs);
            ExchangeCommand same = again.Next(second.Engine);
            List<ExchangeEvent> events = Handle(first, in command, now);
            Assert.Equal(events, Handle(second, in same, now));
            Assert.Equal(events, Handle(third, in command, now));
        }
    }

    [Fact]
    public void A_damaged_snapshot_is_refused_with_one_kind_of_error()
    {
        ExchangeCore core = new(Markets.Settings);
        RandomCommands commands = new(5);
        for (int step = 0; step < 500; step++)
        {
            ExchangeCommand command = commands.Next(core.Engine);
            Handle(core, in command, new Now(commands.NowMs, commands.NowMs));
        }

        byte[] saved = core.Save();
        Market.ExchangeRandom random = new(6);
        for (int i = 0; i < 2_000; i++)
        {
            byte[] damaged = saved[..(i % 2 == 0 ? saved.Length : random.Below(saved.Length))];
            if (i % 2 == 0)
            {
                damaged[random.Below(damaged.Length)] ^= (byte)(1 + random.Below(255));
            }

            Assert.Throws<InvalidDataException>(() => ExchangeCore.Restore(Markets.Settings, damaged));
        }
    }

    private static List<ExchangeEvent> Handle(ExchangeCore core, in ExchangeCommand command, Now now)
    {
        Recorder recorder = new();
        core.Handle(in command, in now, recorder);
        return recorder.Events;
    }

    /// <summary>Value = wallet + unrealised, where the wallet moves by closed profit, fees, funding and transfers alone.</summary>
    private static void VerifyWallets(Clearinghouse clearing, ShadowLedger shadow, ulong seed, int step)
    {
        Int128 value = 0;
        for (int account = 0; account < clearing.Accounts; account++)
        {
            long kept = clearing[account].Raw;
            value += kept;
            for (int symbol = 0; symbol < clearing.Symbols; symbol++)
            {
                ref Position position = ref clearing.Position(account, symbol);
                kept += position.IsolatedRaw + position.Entry;
                value += position.IsolatedRaw + ((Int128)position.Size * clearing.Symbol(symbol).Mark);
            }

            Assert.True(
                kept == shadow[account],
                $"seed {seed} step {step}: account {account} has {kept}, events say {shadow[account]}"
            );
        }

        Assert.True(value == 0, $"seed {seed} step {step}: values add up to {value}");
    }

    private static void VerifyDepth(ExchangeEngine<OrderBook> fast, ExchangeEngine<NaiveOrderBook> naive, int step)
    {
        Span<BookLevel> left = stackalloc BookLevel[5];
        Span<BookLevel> right = stackalloc BookLevel[5];
        int symbol = step % 3;
        OrderSide side = (OrderSide)(step / 3 % 2);
        int n = fast.Book(symbol).Depth(side, left);
        Assert.Equal(n, naive.Book(symbol).Depth(side, right));
        Assert.True(left[..n].SequenceEqual(right[..n]));
    }

    private static ulong Hash<TBook>(ExchangeEngine<TBook> engine)
        where TBook : struct, IOrderBook<TBook>
    {
        StateWriter writer = new(keepBytes: false);
        engine.Save(writer);
        return writer.Hash;
    }
}
