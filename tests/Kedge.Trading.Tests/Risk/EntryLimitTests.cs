using Kedge.Kernel;
using Kedge.Trading.Risk;

namespace Kedge.Trading.Tests.Risk;

public sealed class EntryLimitTests
{
    private static RiskPosition Held(int symbol, double size, double price, Side side = Side.Long) =>
        new()
        {
            Symbol = symbol,
            Side = side,
            Size = size,
            Mark = price,
            EntryPrice = price,
        };

    private static RiskPosition Working(int symbol, double size, double price, Side side = Side.Long) =>
        new()
        {
            Symbol = symbol,
            WorkingSide = side,
            WorkingSize = size,
            WorkingPrice = price,
        };

    [Fact]
    public void Exposure_counts_what_is_held_and_what_is_on_its_way_and_ends_at_five_times_equity()
    {
        // Equity 10,000: 50,000 may stand. 30,000 held + 15,000 working + 5,000 asked for is the limit itself.
        RiskDesk desk = new();
        desk.Positions.Add(Held(0, 0.5, 60_000));
        desk.Positions.Add(Working(1, 15_000, 1, Side.Short));

        Assert.Equal(RiskCode.None, desk.Send(RiskDesk.Entry(2, size: 50, price: 100)));
        Assert.Equal(RiskCode.MaxExposure, desk.Send(RiskDesk.Entry(3, size: 50.01, price: 100)));
        Assert.Equal(1, desk.Manager.Refusals(RiskCode.MaxExposure));
    }

    [Fact]
    public void An_account_without_equity_enters_nothing_even_when_the_exposure_limit_is_off()
    {
        RiskDesk desk = new(
            new RiskSettings
            {
                MaxExposure = 0,
                MaxDrawdownPct = 0,
                MaxDailyLossPct = 0,
            }
        );
        desk.Equity(0);

        Assert.Equal(RiskCode.MaxExposure, desk.Send(RiskDesk.Entry()));
    }

    [Fact]
    public void One_order_has_a_cap_in_usd_and_in_leverage()
    {
        RiskDesk desk = new(new RiskSettings { MaxOrderNotionalUsd = 15, MaxLeverage = 10 });

        Assert.Equal(RiskCode.None, desk.Send(RiskDesk.Entry(2, size: 0.15, price: 100)));
        Assert.Equal(RiskCode.MaxNotional, desk.Send(RiskDesk.Entry(2, size: 0.1501, price: 100)));
        Assert.Equal(RiskCode.MaxLeverage, desk.Send(RiskDesk.Entry(2, size: 0.1) with { Leverage = 10.5 }));
        Assert.Equal(RiskCode.MaxLeverage, desk.Send(RiskDesk.Entry(2, size: 0.1) with { Leverage = double.NaN }));
    }

    [Fact]
    public void A_symbol_has_a_cap_in_usd_and_in_equity_of_which_the_smaller_rules()
    {
        // 0.3 × 10,000 = 3,000 is below 4,000.
        RiskDesk desk = new(new RiskSettings { MaxSymbolNotionalUsd = 4_000, MaxSymbolExposure = 0.3 });
        desk.Positions.Add(Held(2, 20, 100));
        desk.Positions.Add(Held(3, 100, 100));

        Assert.Equal(RiskCode.None, desk.Send(RiskDesk.Entry(2, size: 10, price: 100)));
        Assert.Equal(RiskCode.MaxSymbolNotional, desk.Send(RiskDesk.Entry(2, size: 10.1, price: 100)));
    }

    [Fact]
    public void The_net_is_measured_as_if_only_this_side_filled()
    {
        // Longs 4,000 held; shorts 3,000 held, 5,000 working. Net cap 1 × 10,000.
        RiskDesk desk = new(new RiskSettings { MaxNetExposure = 1 });
        desk.Positions.Add(Held(0, 4_000, 1));
        desk.Positions.Add(Held(1, 3_000, 1, Side.Short));
        desk.Positions.Add(Working(3, 5_000, 1, Side.Short));

        Assert.Equal(RiskCode.None, desk.Send(RiskDesk.Entry(2, size: 9_000, price: 1)));
        Assert.Equal(RiskCode.MaxNetExposure, desk.Send(RiskDesk.Entry(2, size: 9_001, price: 1)));
        Assert.Equal(RiskCode.None, desk.Send(RiskDesk.Entry(2, size: 6_000, price: 1, Side.Short)));
        Assert.Equal(RiskCode.MaxNetExposure, desk.Send(RiskDesk.Entry(2, size: 6_001, price: 1, Side.Short)));
    }

    [Fact]
    public void Gross_notional_has_a_cap_in_usd()
    {
        RiskDesk desk = new(new RiskSettings { MaxGrossNotionalUsd = 1_000 });
        desk.Positions.Add(Held(0, 900, 1, Side.Short));

        Assert.Equal(RiskCode.None, desk.Send(RiskDesk.Entry(2, size: 100, price: 1)));
        Assert.Equal(RiskCode.MaxGrossNotional, desk.Send(RiskDesk.Entry(2, size: 101, price: 1)));
    }

    [Fact]
    public void Orders_that_open_count_as_positions_and_adds_do_not_need_a_place()
    {
        RiskDesk desk = new(new RiskSettings { MaxPositions = 2 });
        desk.Positions.Add(Held(0, 1, 100));
        desk.Positions.Add(Working(1, 1, 100));

        Assert.Equal(RiskCode.MaxPositions, desk.Send(RiskDesk.Entry(2)));
        Assert.Equal(RiskCode.None, desk.Send(RiskDesk.Entry(0) with { Action = RiskAction.Add }));
    }

    [Fact]
    public void Alts_are_counted_by_side_without_bitcoin_and_without_what_is_excluded()
    {
        ConcentrationSettings limits = new()
        {
            Enabled = true,
            MaxLongs = 1,
            MaxShorts = 2,
            Exclude = ["sol"],
        };
        RiskDesk desk = new(new RiskSettings { Concentration = limits });
        desk.Positions.Add(Held(0, 1, 100));
        desk.Positions.Add(Held(3, 1, 100));
        Assert.Equal(RiskCode.None, desk.Send(RiskDesk.Entry(2)));

        desk.Positions.Add(Held(1, 1, 100));
        Assert.Equal(RiskCode.ExposureAltsLongs, desk.Send(RiskDesk.Entry(2)));
        Assert.Equal(RiskCode.None, desk.Send(RiskDesk.Entry(2, side: Side.Short)));
        Assert.Equal(RiskCode.None, desk.Send(RiskDesk.Entry(3)));
        Assert.Equal(RiskCode.None, desk.Send(RiskDesk.Entry(1) with { Action = RiskAction.Add }));
    }

    [Fact]
    public void Shorts_in_alts_have_a_limit_of_their_own()
    {
        RiskDesk desk = new(
            new RiskSettings
            {
                Concentration = new() { Enabled = true, MaxShorts = 1 },
            }
        );
        desk.Positions.Add(Held(1, 1, 100, Side.Short));

        Assert.Equal(RiskCode.ExposureAltsShorts, desk.Send(RiskDesk.Entry(2, side: Side.Short)));
    }

    [Fact]
    public void Heat_is_the_loss_at_the_stops_and_the_trailing_stop_may_make_it_nothing()
    {
        // Held: 10 × 1.5 ATR of 2 = 30. Asked for: 10 × 2.0 ATR of 1.5 = 30, so 60 of 10,000 is 0.6 %.
        RiskDesk desk = new(
            new RiskSettings
            {
                Heat = new() { Enabled = true, MaxPct = 0.6 },
            }
        );
        desk.Positions.Add(Held(0, 10, 100) with { EntryAtr = 2 });
        RiskRequest entry = RiskDesk.Entry(2, size: 10, price: 100) with { Atr = 1.5, StopAtrMult = 2 };
        Assert.Equal(RiskCode.None, desk.Send(in entry));

        desk.Positions.Add(Working(1, 1, 100) with { WorkingAtr = 0.01 });
        Assert.Equal(RiskCode.PortfolioHeat, desk.Send(in entry));

        // A long whose stop is above its entry has nothing to lose.
        desk.Positions[0] = desk.Positions[0] with
        {
            TrailingStop = 101,
        };
        Assert.Equal(RiskCode.None, desk.Send(in entry));
        desk.Positions[0] = desk.Positions[0] with { TrailingStop = 96.9 };
        Assert.Equal(RiskCode.PortfolioHeat, desk.Send(in entry));
    }

    [Fact]
    public void An_ATR_that_is_not_known_is_half_a_percent_of_the_price()
    {
        // 10 × 100 × 0.005 × 1.5 = 7.5 USD = 0.075 %.
        RiskDesk desk = new(
            new RiskSettings
            {
                Heat = new() { Enabled = true, MaxPct = 0.0749 },
            }
        );
        Assert.Equal(RiskCode.PortfolioHeat, desk.Send(RiskDesk.Entry(2, size: 10, price: 100)));

        desk.Manager.Change(
            new RiskSettings
            {
                Heat = new() { Enabled = true, MaxPct = 0.0751 },
            }
        );
        Assert.Equal(RiskCode.None, desk.Send(RiskDesk.Entry(2, size: 10, price: 100)));
    }

    [Theory]
    [InlineData(double.NaN, 100)]
    [InlineData(1, double.NaN)]
    [InlineData(0, 100)]
    [InlineData(-1, 100)]
    [InlineData(1, double.PositiveInfinity)]
    [InlineData(1e200, 1e200)]
    public void A_number_that_is_none_refuses_an_entry(double size, double price)
    {
        RiskDesk desk = new(new RiskSettings { MaxExposure = 0 });

        Assert.Equal(RiskCode.BadNumber, desk.Send(RiskDesk.Entry(2, size, price)));
    }

    [Fact]
    public void A_portfolio_with_a_number_that_is_none_refuses_an_entry_and_no_exit()
    {
        RiskDesk desk = new(new RiskSettings { MaxExposure = 0 });
        desk.Positions.Add(Held(0, double.NaN, 100));

        Assert.Equal(RiskCode.BadNumber, desk.Send(RiskDesk.Entry()));
        Assert.Equal(RiskCode.None, desk.Send(RiskDesk.Exit()));
    }

    [Fact]
    public void Every_limit_refuses_while_equity_is_not_known_even_heat_and_concentration()
    {
        RiskDesk desk = new(new RiskSettings { MaxExposure = 0 }) { Known = double.NaN };

        Assert.Equal(RiskCode.EquityUnknown, desk.Send(RiskDesk.Entry()));
        Assert.Equal(RiskCode.None, desk.Send(RiskDesk.Exit()));
    }

    [Fact]
    public void A_check_alone_counts_nothing_and_takes_nothing()
    {
        RiskDesk desk = new(new RiskSettings { MaxEntryOrdersPerMin = 1 });
        RiskView view = RiskManager.View(2, 10_000);
        for (int i = 0; i < 10; i++)
        {
            Assert.True(desk.Manager.Check(RiskDesk.Entry(), in view, desk.Now).IsAllowed);
        }

        Assert.Equal((1, RiskCode.EntryRate), desk.SendUntilRefused(RiskDesk.Entry()));
        Assert.False(desk.Manager.Check(RiskDesk.Entry(), in view, desk.Now).IsAllowed);
        Assert.Equal(1, desk.Manager.Refusals(RiskCode.EntryRate));
    }
}
