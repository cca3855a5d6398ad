using Kedge.Exchange.Core;
using Kedge.Exchange.Core.Books;
using Kedge.Exchange.Market;

namespace Kedge.Exchange.Tests;

/// <summary>The two books alone, deep: hundreds of price levels, so that the fast one searches and moves.</summary>
public sealed class BookTests
{
    [Theory]
    [InlineData(1, 2_000)]
    [InlineData(2, 40)]
    public void The_fast_book_equals_the_naive_one_after_every_operation(ulong seed, int prices)
    {
        OrderStore fastOrders = new(4);
        OrderStore naiveOrders = new(4);
        OrderBook fast = OrderBook.Create(fastOrders);
        NaiveOrderBook naive = NaiveOrderBook.Create(naiveOrders);
        ExchangeRandom random = new(seed);
        List<long> live = [];
        BookLevel[] left = new BookLevel[2_000];
        BookLevel[] right = new BookLevel[2_000];
        for (int step = 1; step <= 12_000; step++)
        {
            bool grows = step < 4_000 ? random.Below(4) > 0 : random.Below(100) < (step < 8_000 ? 50 : 35);
            if (grows || live.Count == 0)
            {
                OrderSide side = (OrderSide)random.Below(2);
                long price = 10_000 + random.Below(prices);
                long lots = 2 + random.Below(50);
                fast.Add(Order(fastOrders, step, side, price, lots));
                naive.Add(Order(naiveOrders, step, side, price, lots));
                live.Add(step);
            }
            else
            {
                int pick = random.Below(live.Count);
                int fastSlot = fastOrders.Find(live[pick]);
                int naiveSlot = naiveOrders.Find(live[pick]);
                if (fastOrders[fastSlot].Remaining > 1 && random.Below(3) == 0)
                {
                    fast.Reduce(fastSlot, 1);
                    naive.Reduce(naiveSlot, 1);
                }
                else
                {
                    fast.Remove(fastSlot);
                    naive.Remove(naiveSlot);
                    fastOrders.Free(fastSlot);
                    naiveOrders.Free(naiveSlot);
                    live.RemoveAt(pick);
                }
            }

            Compare(fast, naive, fastOrders, naiveOrders, (OrderSide)(step % 2));
            if (step % 20 == 0)
            {
                for (int side = 0; side < 2; side++)
                {
                    int n = fast.Depth((OrderSide)side, left);
                    Assert.Equal(n, naive.Depth((OrderSide)side, right));
                    Assert.Equal(left.Take(n), right.Take(n));
                }
            }
        }
    }

    [Fact]
    public void The_index_by_id_finds_what_is_there_and_nothing_else()
    {
        OrderIdMap map = new(4);
        Dictionary<long, int> truth = [];
        ExchangeRandom random = new(9);
        for (int step = 0; step < 200_000; step++)
        {
            long id = 1 + random.Below(3_000);
            Assert.Equal(truth.GetValueOrDefault(id, -1), map.Find(id));
            if (truth.Remove(id))
            {
                map.Remove(id);
            }
            else
            {
                truth.Add(id, step);
                map.Add(id, step);
            }
        }
    }

    private static void Compare(
        OrderBook fast,
        NaiveOrderBook naive,
        OrderStore fastOrders,
        OrderStore naiveOrders,
        OrderSide side
    )
    {
        int left = fast.Best(side);
        int right = naive.Best(side);
        Assert.Equal(left < 0, right < 0);
        for (int i = 0; i < 3 && left >= 0; i++)
        {
            Assert.Equal(fastOrders[left].Id, naiveOrders[right].Id);
            Assert.Equal(fastOrders[left].Remaining, naiveOrders[right].Remaining);
            left = fast.After(left);
            right = naive.After(right);
            Assert.Equal(left < 0, right < 0);
        }
    }

    private static int Order(OrderStore orders, long id, OrderSide side, long price, long lots)
    {
        int slot = orders.Allocate(id, 0, default);
        orders[slot].Side = side;
        orders[slot].Price = price;
        orders[slot].Remaining = orders[slot].OriginalSize = lots;
        return slot;
    }
}
