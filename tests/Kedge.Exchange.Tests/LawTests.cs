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
                seen[e.Kind] = seen.GetValueOrDefault(e.Kind) + 1;
            }
        }

        // The run was worth something: everything happened, many times.
        Assert.All(Enum.GetValues<EventKind>(), kind => Assert.True(seen.GetValueOrDefault(kind) > 2, $"{kind} was hardly seen"));
        Assert.True(seen[EventKind.Trade] > operations / 20, $"only {seen[EventKind.Trade]} trades");
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

            Assert.True(kept == shadow[account], $"seed {seed} step {step}: account {account} has {kept}, events say {shadow[account]}");
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
