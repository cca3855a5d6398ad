using Kedge.Kernel.MeiAlpha;
using Kedge.Kernel.Perps;

namespace Kedge.Kernel.Tests.Perps;

/// <summary>What an order on its way reserves, and how its fills move that into the position.</summary>
public sealed unsafe class WorkingOrdersTests
{
    /// <summary>Fees of 10 basis points, nothing else.</summary>
    private static readonly Parameters Fees = new() { Trade = new() { TakerFeeBps = 10.0 } };

    private static readonly Parameters FreeOfCharge = new() { Trade = new() { TakerFeeBps = 0.0 } };

    private static readonly OrderOutcome Reserved = OrderOutcome.Working(1000.0, 2.0);

    [Fact]
    public void An_order_on_its_way_reserves_its_margin_and_fee()
    {
        Account account = new(10_000);
        SymbolState state = default;
        WorkingOrders.Begin(&account, &state, Order(OrderAction.Open), Reserved);

        Assert.Equal(1002.0, account.Reserved);
        Assert.Equal(8998.0, account.FreeCash);
        Assert.Equal(1002.0, account.Committed);
        Assert.Equal(1, account.WorkingOrders);
        Assert.True(state.CountsAsPosition);
        Assert.Equal(10_000, account.Balance);
    }

    [Fact]
    public void A_fill_of_q_releases_q_of_size_and_books_the_real_margin()
    {
        Account account = new(10_000);
        SymbolState state = default;
        WorkingOrders.Begin(&account, &state, Order(OrderAction.Open), Reserved);
        WorkingOrders.Fill(&account, &state, 0, 1, 5.0, 100.2, Fees, out Booking booking);

        Assert.Equal(1002.0 * 15 / 20, account.Reserved, 1e-9);
        Assert.Equal(100.2 * 5 / 2, account.Margin, 1e-9);
        Assert.Equal(0.501, booking.Fee, 1e-12);
        Assert.Equal(10_000 - 0.501, account.Balance, 1e-9);
        Assert.Equal(5.0, state.Position.Size);
        Assert.True(state.Working.IsWorking);
    }

    [Fact]
    public void Fills_of_any_pieces_release_exactly_what_was_reserved()
    {
        Random random = new(1);
        for (int run = 0; run < 1000; run++)
        {
            Account account = new(10_000);
            SymbolState state = default;
            WorkingOrders.Begin(&account, &state, Order(OrderAction.Open), Reserved);
            double left = 20.0;
            while (left > 0.0)
            {
                double piece = Math.Min(left, 0.1 + (random.NextDouble() * 8.0));
                left -= piece;
                WorkingOrders.Fill(&account, &state, 0, 1, piece, 100.0, Fees, out _);
                Assert.Equal(1002.0 * left / 20.0, account.Reserved, 1e-7);
            }

            WorkingOrders.End(&account, &state);
            Assert.Equal(0.0, account.Reserved);
            Assert.Equal(1, account.PositionsOpened);
            Assert.Equal(20.0, state.Position.Size, 1e-9);
            Assert.Equal(1000.0, account.Margin, 1e-9);
        }
    }

    [Fact]
    public void The_end_of_an_order_releases_the_rest_and_keeps_what_was_filled()
    {
        Account account = new(10_000);
        SymbolState state = default;
        WorkingOrders.Begin(&account, &state, Order(OrderAction.Open), Reserved);
        WorkingOrders.Fill(&account, &state, 0, 1, 5.0, 100.0, Fees, out _);
        WorkingOrders.End(&account, &state);

        Assert.Equal(0.0, account.Reserved);
        Assert.Equal(0, account.WorkingOrders);
        Assert.False(state.Working.IsWorking);
        Assert.Equal(250.0, account.Margin);
        Assert.True(state.Position.IsOpen);
    }

    [Fact]
    public void An_order_that_ends_unfilled_leaves_no_trace_in_the_account()
    {
        Account account = new(10_000);
        SymbolState state = default;
        WorkingOrders.Begin(&account, &state, Order(OrderAction.Open), Reserved);
        WorkingOrders.End(&account, &state);

        Account untouched = new(10_000);
        Assert.Equal(untouched, account);
        Assert.False(state.CountsAsPosition);
    }

    [Fact]
    public void An_unknown_outcome_stays_reserved_and_keeps_its_place_among_the_positions()
    {
        Account account = new(10_000);
        SymbolState state = default;
        WorkingOrders.Begin(&account, &state, Order(OrderAction.Open), Reserved);

        // Nothing is known: nobody calls Fill or End.
        Assert.True(state.Working.IsWorking);
        Assert.True(state.CountsAsPosition);
        Assert.Equal(1002.0, account.Committed);
    }

    [Fact]
    public void A_position_opened_in_pieces_counts_once()
    {
        Account account = new(10_000);
        SymbolState state = default;
        WorkingOrders.Begin(&account, &state, Order(OrderAction.Open), Reserved);
        WorkingOrders.Fill(&account, &state, 0, 1, 5.0, 100.0, Fees, out _);
        WorkingOrders.Fill(&account, &state, 0, 2, 15.0, 104.0, Fees, out _);

        Assert.Equal(1, account.PositionsOpened);
        Assert.Equal(1, account.OpenPositions);
        Assert.Equal(103.0, state.Position.EntryPrice, 1e-12);
        Assert.Equal(100.0, state.Position.FirstEntryPrice);
        Assert.Equal(1, state.Position.OpenedAtMs);
    }

    [Fact]
    public void An_add_filled_in_pieces_counts_once()
    {
        Account account = new(10_000);
        SymbolState state = default;
        WorkingOrders.Begin(&account, &state, Order(OrderAction.Open), Reserved);
        WorkingOrders.Fill(&account, &state, 0, 1, 20.0, 100.0, Fees, out _);
        WorkingOrders.End(&account, &state);
        WorkingOrders.Begin(&account, &state, Order(OrderAction.Add) with { TimeMs = 4 }, Reserved);
        WorkingOrders.Fill(&account, &state, 0, 5, 8.0, 101.0, Fees, out _);
        WorkingOrders.Fill(&account, &state, 0, 6, 12.0, 101.0, Fees, out _);

        Assert.Equal(1, state.Position.Adds);
        Assert.Equal(4, state.Position.LastAddMs);
        Assert.Equal(40.0, state.Position.Size);
    }

    [Fact]
    public void A_close_filled_in_pieces_ends_the_position_with_the_last_one()
    {
        Account account = new(10_000);
        SymbolState state = default;
        WorkingOrders.Begin(&account, &state, Order(OrderAction.Open), Reserved);
        WorkingOrders.Fill(&account, &state, 0, 1, 20.0, 100.0, FreeOfCharge, out _);
        WorkingOrders.End(&account, &state);
        WorkingOrders.Begin(&account, &state, Order(OrderAction.Close), OrderOutcome.Working(0.0, 0.0));
        WorkingOrders.Fill(&account, &state, 0, 2, 5.0, 110.0, FreeOfCharge, out Booking part);
        Assert.True(state.Position.IsOpen);
        Assert.Equal(250.0, part.Margin);
        WorkingOrders.Fill(&account, &state, 0, 3, 15.0, 110.0, FreeOfCharge, out _);
        WorkingOrders.End(&account, &state);

        Assert.False(state.Position.IsOpen);
        Assert.Equal(0.0, account.Margin);
        Assert.Equal(0.0, account.Reserved);
        Assert.Equal(10_200.0, account.Balance, 1e-9);
    }

    [Fact]
    public void A_partial_take_profit_counts_as_taken_when_it_fills_not_when_it_is_sent()
    {
        Parameters locks = default;
        locks.Trade.Tp1LocksBreakeven = true;
        Account account = new(10_000);
        SymbolState state = default;
        WorkingOrders.Begin(&account, &state, Order(OrderAction.Open), Reserved);
        WorkingOrders.Fill(&account, &state, 0, 1, 20.0, 100.0, locks, out _);
        WorkingOrders.End(&account, &state);

        KernelOrder partial = Order(OrderAction.Reduce);
        partial.Reason = ReasonCode.TakeProfitPartial;
        WorkingOrders.Begin(&account, &state, partial, OrderOutcome.Working(0.0, 0.0));
        Assert.False(state.Position.PartialTaken);
        WorkingOrders.Fill(&account, &state, 0, 2, 10.0, 110.0, locks, out _);
        Assert.True(state.Position.PartialTaken);
        Assert.Equal(100.0, state.Position.TrailingStop);
    }

    [Fact]
    public void Pieces_that_do_not_add_up_exactly_leave_no_dust_behind()
    {
        // 0.1 + 0.2 is 0.30000000000000004: a close of 0.3 must not leave a position of 5e-17 that nobody can ever sell.
        Account account = new(10_000);
        SymbolState state = default;
        WorkingOrders.Begin(&account, &state, Order(OrderAction.Open), Reserved);
        WorkingOrders.Fill(&account, &state, 0, 1, 0.1, 100.0, FreeOfCharge, out _);
        WorkingOrders.Fill(&account, &state, 0, 1, 0.2, 100.0, FreeOfCharge, out _);
        WorkingOrders.End(&account, &state);
        Assert.True(state.Position.Size > 0.3);

        WorkingOrders.Begin(&account, &state, Order(OrderAction.Close), OrderOutcome.Working(0.0, 0.0));
        WorkingOrders.Fill(&account, &state, 0, 2, 0.3, 110.0, FreeOfCharge, out _);
        WorkingOrders.End(&account, &state);

        Assert.False(state.Position.IsOpen);
        Assert.Equal(0, account.OpenPositions);
        Assert.Equal(0.0, account.Margin);
        Assert.Equal(10_003.0, account.Balance, 1e-9);
    }

    [Fact]
    public void A_close_that_fills_when_nothing_is_held_books_nothing()
    {
        // A count of −1 would make the next position look like none, and its stop would never be tested.
        Account account = new(10_000);
        SymbolState state = default;
        WorkingOrders.Begin(&account, &state, Order(OrderAction.Close), OrderOutcome.Working(0.0, 0.0));
        WorkingOrders.Fill(&account, &state, 0, 2, 5.0, 110.0, Fees, out Booking booking);
        WorkingOrders.End(&account, &state);

        Assert.Equal(OrderAction.None, booking.Action);
        Assert.Equal(new Account(10_000), account);
        Assert.False(state.HasExited);
    }

    [Fact]
    public void A_fill_without_an_order_books_nothing_and_an_end_told_twice_counts_once()
    {
        Account account = new(10_000);
        SymbolState state = default;
        WorkingOrders.Begin(&account, &state, Order(OrderAction.Open), Reserved);
        WorkingOrders.Fill(&account, &state, 0, 1, 20.0, 100.0, Fees, out _);
        WorkingOrders.End(&account, &state);
        Account before = account;

        WorkingOrders.End(&account, &state);
        WorkingOrders.Fill(&account, &state, 0, 2, 5.0, 100.0, Fees, out Booking late);

        Assert.Equal(OrderAction.None, late.Action);
        Assert.Equal(before, account);
        Assert.Equal(20.0, state.Position.Size);
    }

    [Fact]
    public void A_booking_of_a_working_order_carries_the_numbers_of_its_reason()
    {
        Account account = new(10_000);
        SymbolState state = default;
        WorkingOrders.Begin(&account, &state, Order(OrderAction.Open), Reserved);
        WorkingOrders.Fill(&account, &state, 0, 1, 20.0, 100.0, Fees, out _);
        WorkingOrders.End(&account, &state);

        KernelOrder close = Order(OrderAction.Close);
        close.Reason = ReasonCode.FundingHeadwind;
        close.Value = 0.0001;
        close.Value2 = 0.35;
        close.Value3 = 12.0;
        WorkingOrders.Begin(&account, &state, close, OrderOutcome.Working(0.0, 0.0));
        WorkingOrders.Fill(&account, &state, 0, 2, 20.0, 99.0, Fees, out Booking booking);

        Assert.Equal((0.0001, 0.35, 12.0), (booking.Value, booking.Value2, booking.Value3));
    }

    [Fact]
    public void Cooldowns_count_from_the_tick_of_the_decision_not_from_the_fill()
    {
        // Fills come some milliseconds behind their tick. Counted from there, an hour's cooldown would end a whole bar late.
        const long Hour = 3_600_000;
        Parameters p = default;
        p.Trade.MaxAddsPerSymbol = 5;
        p.Trade.AddCooldownMinutes = 60;
        p.Trade.ReentryCooldownMinutes = 1;
        p.Trade.ReentryCooldownMinMins = 60;
        p.Trade.ReentryCooldownMaxMins = 60;
        Account account = new(10_000);
        SymbolState state = default;
        NoTrace trace = default;

        WorkingOrders.Begin(&account, &state, Order(OrderAction.Open) with { TimeMs = Hour }, Reserved);
        WorkingOrders.Fill(&account, &state, 0, Hour + 300, 20.0, 100.0, p, out Booking opened);
        WorkingOrders.End(&account, &state);
        Assert.Equal(Hour + 300, opened.TimeMs);
        Assert.Equal(Hour + 300, state.Position.OpenedAtMs);
        Assert.Equal(Hour, state.LastEntryMs);
        Signal signal = new() { Side = Side.Long, Confidence = Confidence.High };
        Assert.Equal(StopCode.None, Pyramiding.Evaluate(0, state.Position, signal, 100.0, 2 * Hour, p, ref trace));

        WorkingOrders.Begin(&account, &state, Order(OrderAction.Add) with { TimeMs = 2 * Hour }, Reserved);
        WorkingOrders.Fill(&account, &state, 0, (2 * Hour) + 300, 20.0, 100.0, p, out _);
        WorkingOrders.End(&account, &state);
        Assert.Equal(StopCode.None, Pyramiding.Evaluate(0, state.Position, signal, 100.0, 3 * Hour, p, ref trace));

        KernelOrder close = Order(OrderAction.Close) with { TimeMs = 3 * Hour, Size = 40.0 };
        WorkingOrders.Begin(&account, &state, close, OrderOutcome.Working(0.0, 0.0));
        WorkingOrders.Fill(&account, &state, 0, (3 * Hour) + 300, 40.0, 100.0, p, out Booking closed);
        WorkingOrders.End(&account, &state);
        Assert.Equal((3 * Hour) + 300, closed.TimeMs);
        Assert.True(EntryFilters.InPostExitCooldown(Side.Long, 30.0, p, state, (4 * Hour) - 1, out _, out _));
        Assert.False(EntryFilters.InPostExitCooldown(Side.Long, 30.0, p, state, 4 * Hour, out _, out _));
    }

    private static KernelOrder Order(OrderAction action) =>
        new()
        {
            Action = action,
            Side = Side.Long,
            Size = 20.0,
            Leverage = 2.0,
            Price = 100.0,
            Reason = ReasonCode.EntrySignal,
        };
}
