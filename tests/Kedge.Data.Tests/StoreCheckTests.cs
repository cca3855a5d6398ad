using Kedge.Data.Checks;
using Kedge.Kernel;
using Kedge.Model;

namespace Kedge.Data.Tests;

public sealed class StoreCheckTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_good_store_is_good()
    {
        string file = Db.Candles(_folder["a.db"], [.. Db.Series("A", 0, 30), .. Db.Series("B", 4, 30)]);
        CheckReport report = StoreCheck.Run(file);
        Assert.True(report.IsGood);
        Assert.Empty(report.Findings);
        Assert.Equal((2, 60L), (report.Series, report.Bars));
        Assert.Equal([("A", 30L), ("B", 30L)], StoreList.Read(file).Select(s => (s.Symbol, s.Count)));
        Assert.Equal(Db.T0 + (33 * Db.Hour), StoreList.Read(file)[1].LastMs);
    }

    [Fact]
    public void Each_fault_is_found_and_told()
    {
        Bar off = Db.Bar(2);
        off.OpenTimeMs += 1000;
        (string, Bar)[] rows =
        [
            ("DUP", Db.Bar(0)),
            ("DUP", Db.Bar(1)),
            ("DUP", Db.Bar(0)),
            ("GAP", Db.Bar(0)),
            ("GAP", Db.Bar(4)),
            ("GAP", Db.Bar(6)),
            ("INF", new Bar(Db.T0, 1.0, double.PositiveInfinity, 1.0, 1.0, 1.0)),
            ("LOW", new Bar(Db.T0, 1.0, 1.0, 2.0, 1.0, 1.0)),
            ("NIL", new Bar(Db.T0, double.NaN, 1.0, 1.0, 1.0, 1.0)),
            ("OFF", Db.Bar(1)),
            ("OFF", off),
            ("OUT", new Bar(Db.T0, 5.0, 3.0, 2.0, 2.5, 1.0)),
            .. Enumerable.Range(0, 5).Select(i => ("ZERO", Db.Bar(i, volume: 0.0))),
        ];
        string file = Db.Candles(_folder["a.db"], "1h", key: false, rows);
        Db.Execute(file, "UPDATE candles SET t_close = t + 3600000 WHERE symbol = 'GAP' AND t > 1704070800000");
        CheckReport report = StoreCheck.Run(file, Interval.OneHour, zeroVolumeBars: 4);
        Assert.False(report.IsGood);
        Assert.Equal(
            [
                ("DUP", CheckKind.Duplicate, 1L),
                ("GAP", CheckKind.Gap, 4L),
                ("GAP", CheckKind.CloseTime, 2L),
                ("INF", CheckKind.Unusable, 1L),
                ("LOW", CheckKind.Unusable, 1L),
                ("NIL", CheckKind.Unusable, 1L),
                ("OFF", CheckKind.Misaligned, 1L),
                ("OUT", CheckKind.OutsideRange, 1L),
                ("ZERO", CheckKind.ZeroVolume, 1L),
            ],
            report
                .Findings.OrderBy(f => f.Symbol, StringComparer.Ordinal)
                .ThenBy(f => f.Kind)
                .Select(f => (f.Symbol, f.Kind, f.Count))
        );
        CheckFinding gap = report.Findings.Single(f => f.Kind == CheckKind.Gap);
        Assert.Equal(
            $"{file}: GAP 1h: 4 bars in 2 holes: missing inside the series; first at 1704070800000 (2024-01-01 01:00:00 UTC)",
            gap.Text
        );
        Assert.False(report.Findings.Single(f => f.Kind == CheckKind.ZeroVolume).IsWrong);
    }

    [Fact]
    public void A_hole_in_one_database_that_another_fills_is_none()
    {
        string a = Db.Candles(_folder["a.db"], [.. Db.Series("A", 0, 3), .. Db.Series("A", 5, 3)]);
        string b = Db.Candles(_folder["b.db"], Db.Series("A", 2, 4));
        Assert.False(StoreCheck.Run(a).IsGood);
        CheckReport both = StoreCheck.Run($"{a},{b}");
        Assert.True(both.IsGood);
        Assert.Equal((CheckKind.Overlap, 2L), (both.Findings.Single().Kind, both.Findings.Single().Count));
    }

    [Fact]
    public void An_interval_that_is_not_there_is_an_error_and_an_unknown_name_a_finding()
    {
        string file = Db.Candles(_folder["a.db"], ("A", Db.Bar(0)));
        Assert.Throws<KedgeException>(() => StoreCheck.Run(file, Interval.Parse("5m")));
        Db.Execute(file, "UPDATE candles SET interval = '7h'");
        Assert.False(StoreCheck.Run(file).IsGood);
    }
}
