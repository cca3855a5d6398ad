using Kedge.Kernel;
using Kedge.Kernel.Indicators;
using Kedge.TestSupport;

namespace Kedge.Kernel.Tests.Indicators;

/// <summary>
/// The indicators against results published by others; docs/reference/indicator-vectors.md says what is compared and why the exceptions are
/// exceptions. Windowed indicators agree to 10⁻⁹ from the first full window, recursive ones to 10⁻⁶ after ten windows, or as far as the
/// source prints.
/// </summary>
public sealed class PublishedVectorTests
{
    private const double Windowed = 1e-9;
    private const double Recursive = 1e-6;

    [Fact]
    public void Bollinger_bands_of_20_agree_with_Stock_Indicators_from_the_first_full_window()
    {
        (double[] upper, double[] lower) = Bollinger(Closes(VectorFiles.StockBars()));
        Agree(upper, VectorFiles.Stock("bb", "upperBand"), 19, Windowed);
        Agree(lower, VectorFiles.Stock("bb", "lowerBand"), 19, Windowed);
    }

    [Fact]
    public void Bollinger_bands_of_20_agree_with_LEAN_as_far_as_its_table_prints()
    {
        CsvTable table = VectorFiles.Lean("spy_bollinger_bands.txt");
        (double[] upper, double[] lower) = Bollinger(Closes(table.Bars()));
        Agree(upper, table.Results("Bollinger Bands® 20 2 Top"), 19, 0.0, 1e-4);
        Agree(lower, table.Results("Bollinger Bands® 20 2 Bottom"), 19, 0.0, 1e-4);
    }

    [Fact]
    public void Rsi_of_14_agrees_with_Stock_Indicators_from_its_first_value() =>
        Agree(Rsi(Closes(VectorFiles.StockBars())), VectorFiles.Stock("rsi", "rsi"), 14, Windowed);

    [Fact]
    public void Rsi_of_14_agrees_with_the_Wilder_column_of_LEAN_as_far_as_it_prints()
    {
        CsvTable table = VectorFiles.Lean("spy_with_indicators.txt");
        Agree(Rsi(Numbers(table, "Close")), table.Results("RSI 14 Wilder"), 14, 0.0, 5e-6);
    }

    [Fact]
    public void Ema_of_20_agrees_with_Stock_Indicators_after_ten_windows() =>
        Agree(Ema(Closes(VectorFiles.StockBars()), 20), VectorFiles.Stock("ema", "ema"), 200, Recursive);

    [Fact]
    public void Ema_of_14_agrees_with_both_tables_of_LEAN_after_ten_windows()
    {
        CsvTable monthly = VectorFiles.Lean("spy_ema.csv");
        Agree(Ema(Numbers(monthly, "close"), 14), monthly.Results("EMA14"), 140, Recursive);
        CsvTable daily = VectorFiles.Lean("spy_with_indicators.txt");
        Agree(Ema(Numbers(daily, "Close"), 14), daily.Results("EMA14"), 140, Recursive);
    }

    [Fact]
    public void An_ema_seeded_with_the_mean_of_its_first_window_is_the_whole_difference()
    {
        double[] closes = Closes(VectorFiles.StockBars());
        double[] seeded = [.. closes[..19], .. Ema([closes[..20].Average(), .. closes[20..]], 20)];
        Agree(seeded, VectorFiles.Stock("ema", "ema"), 19, Windowed);
    }

    [Fact]
    public void Atr_of_14_agrees_with_LEAN_from_its_first_value_as_far_as_it_prints()
    {
        CsvTable table = VectorFiles.Lean("spy_atr_wilder.txt");
        Agree(Atr(table.Bars()), table.Results("Average True Range 14"), 13, 0.0, 5e-6);
    }

    [Fact]
    public void Atr_of_14_agrees_with_Stock_Indicators_once_its_longer_memory_has_faded()
    {
        double[] ours = Atr(VectorFiles.StockBars());
        double?[] theirs = VectorFiles.Stock("atr", "atr");
        Agree(ours, theirs, 160, Recursive);
        Assert.True(Worst(ours, theirs, 140) > Recursive, "ten windows were expected to be too few: see the table");
    }

    [Fact]
    public void An_atr_that_begins_with_the_second_bar_is_the_whole_difference()
    {
        Bar[] bars = VectorFiles.StockBars();
        Bar second = bars[1];
        second.High = Math.Max(second.High, bars[0].Close);
        second.Low = Math.Min(second.Low, bars[0].Close);
        double[] later = [0.0, .. Atr([second, .. bars[2..]])];
        Agree(later, VectorFiles.Stock("atr", "atr"), 14, Windowed);
    }

    [Fact]
    public void Adx_and_both_direction_lines_agree_with_Stock_Indicators_from_the_first_value()
    {
        (double[] adx, double[] plus, double[] minus) = Adx(VectorFiles.StockBars());
        Agree(plus, VectorFiles.Stock("adx", "pdi"), 14, Windowed);
        Agree(minus, VectorFiles.Stock("adx", "mdi"), 14, Windowed);
        Agree(adx, VectorFiles.Stock("adx", "adx"), 27, Windowed);
    }

    [Fact]
    public void Adx_and_both_direction_lines_agree_with_LEAN_as_far_as_its_table_prints()
    {
        CsvTable table = VectorFiles.Lean("spy_with_adx.txt");
        (double[] adx, double[] plus, double[] minus) = Adx(table.Bars());
        Agree(plus, table.Results("+DI14"), 14, 0.0, 5.01e-5);
        Agree(minus, table.Results("-DI14"), 14, 0.0, 5.01e-5);
        Agree(adx, table.Results("ADX 14"), 27, 0.0, 5.01e-5);
    }

    [Fact]
    public void The_Macd_histogram_agrees_with_Stock_Indicators_after_ten_slow_windows() =>
        Agree(Macd(Closes(VectorFiles.StockBars())), VectorFiles.Stock("macd", "histogram"), 260, Recursive);

    [Fact]
    public void The_Macd_histogram_agrees_with_LEAN_after_ten_slow_windows_as_far_as_it_prints()
    {
        CsvTable table = VectorFiles.Lean("spy_with_macd.txt");
        Agree(Macd(Numbers(table, "Close")), table.Results("Histogram"), 260, 0.0, 2e-6);
    }

    [Fact]
    public void Stochastic_Rsi_times_100_agrees_with_Stock_Indicators_without_K_smoothing()
    {
        (double[] k, double[] d) = StochRsi(Closes(VectorFiles.StockBars()), 1, 3);
        Agree(k, VectorFiles.Stock("stoch-rsi", "stochRsi"), 27, Windowed);
        Agree(d, VectorFiles.Stock("stoch-rsi", "signal"), 29, Windowed);
    }

    [Fact]
    public void Stochastic_Rsi_times_100_agrees_with_LEAN()
    {
        CsvTable table = VectorFiles.Lean("spy_with_StochRSI.csv");
        (double[] k, double[] d) = StochRsi(Numbers(table, "Close"), 3, 3);
        Agree(k, table.Results("k"), 29, Windowed, 1e-12);
        Agree(d, table.Results("d"), 31, Windowed, 1e-12);
    }

    private static double[] Closes(Bar[] bars) => [.. bars.Select(b => b.Close)];

    private static double[] Numbers(CsvTable table, string column) => table.Inputs(column);

    private static double[] Ema(double[] values, int window)
    {
        Ema ema = default;
        ema.Reset(window);
        return [.. values.Select(v => ema.Next(v))];
    }

    private static double[] Rsi(double[] closes)
    {
        Rsi rsi = default;
        rsi.Reset(14);
        return [.. closes.Select(c => rsi.Next(c))];
    }

    private static double[] Atr(Bar[] bars)
    {
        Atr atr = default;
        atr.Reset(14);
        return [.. bars.Select(b => atr.Next(b))];
    }

    private static double[] Macd(double[] closes)
    {
        Macd macd = default;
        macd.Reset();
        return [.. closes.Select(c => macd.Next(c))];
    }

    private static (double[] Upper, double[] Lower) Bollinger(double[] closes)
    {
        Bollinger bollinger = default;
        bollinger.Reset(20);
        double[] upper = new double[closes.Length];
        double[] lower = new double[closes.Length];
        for (int i = 0; i < closes.Length; i++)
        {
            bollinger.Next(closes[i], out upper[i], out lower[i]);
        }

        return (upper, lower);
    }

    private static (double[] Adx, double[] Plus, double[] Minus) Adx(Bar[] bars)
    {
        Adx adx = default;
        adx.Reset(14);
        double[] value = new double[bars.Length];
        double[] plus = new double[bars.Length];
        double[] minus = new double[bars.Length];
        for (int i = 0; i < bars.Length; i++)
        {
            adx.Next(bars[i], out value[i], out plus[i], out minus[i]);
        }

        return (value, plus, minus);
    }

    /// <summary>On the scale of the sources, 0…100.</summary>
    private static (double[] K, double[] D) StochRsi(double[] closes, int smoothK, int smoothD)
    {
        StochRsi stoch = default;
        stoch.Reset(14, smoothK, smoothD);
        double[] k = new double[closes.Length];
        double[] d = new double[closes.Length];
        double[] rsi = Rsi(closes);
        for (int i = 0; i < closes.Length; i++)
        {
            stoch.Next(rsi[i], out k[i], out d[i]);
            k[i] *= 100.0;
            d[i] *= 100.0;
        }

        return (k, d);
    }

    private static void Agree(double[] ours, double?[] theirs, int from, double relative, double absolute = 0.0)
    {
        Assert.Equal(theirs.Length, ours.Length);
        int compared = 0;
        for (int i = from; i < ours.Length; i++)
        {
            if (theirs[i] is { } expected)
            {
                compared++;
                Assert.True(
                    Closeness.Agree(expected, ours[i], relative, absolute),
                    $"bar {i}: {ours[i]:R}, published {expected:R}"
                );
            }
        }

        Assert.True(compared >= 100, $"only {compared} values compared");
    }

    private static double Worst(double[] ours, double?[] theirs, int from) =>
        Enumerable.Range(from, ours.Length - from).Max(i => Math.Abs((ours[i] - theirs[i]!.Value) / theirs[i]!.Value));
}
