using System.Globalization;
using Kedge.Kernel.Indicators;

namespace Kedge.Kernel.Tests.Indicators;

/// <summary>The two tables of golden vectors in the specification of the indicators: a synthetic market, bit for bit.</summary>
public sealed class GoldenVectorTests
{
    private const string DefaultWindows = """
        | field | i=0 | i=13 | i=14 | i=20 | i=27 | i=28 | i=59 | i=199 | i=399 |
        | close | 100.35030809693038 | 99.75239576983358 | 99.9125035417178 | 99.71924235613031 | 99.37365656235778 | 99.75583393849074 | 100.72580717873863 | 92.12519323459124 | 90.02088534794211 |
        | ema_fast | 100.35030809693038 | 99.64955741412099 | 99.67459990246356 | 99.57418077624673 | 99.44111457084011 | 99.47108784394969 | 100.30321397123487 | 91.05040393267974 | 90.41866693222401 |
        | ema_slow | 100.35030809693038 | 99.98178929850906 | 99.97907221000744 | 99.8626669558893 | 99.73333958887903 | 99.73422172023635 | 99.96162578512164 | 92.29024830691499 | 90.86311086871231 |
        | ema_macro | 100.35030809693038 | 100.24360819611422 | 100.24031362243863 | 100.1927751113568 | 100.13552672838905 | 100.13174869067862 | 100.06473632051411 | 95.28556997338532 | 91.07817751962385 |
        | adx | 0.0 | 0.0 | 15.06724391050469 | 16.194899121878585 | 10.105198325669866 | 9.921656372745062 | 19.9056120404203 | 32.82199505815138 | 11.8801464529169 |
        | adx_pos | 0.0 | 0.0 | 13.418528402461275 | 15.802257058026287 | 13.259743052249915 | 14.560701505600276 | 17.9583451505371 | 23.60649427121765 | 17.392403481172945 |
        | adx_neg | 0.0 | 0.0 | 18.179476937956288 | 17.318470873185255 | 13.63287104949366 | 12.520004824638345 | 17.65772009585281 | 15.958520542892268 | 20.198731340664715 |
        | adx_slope | 0.0 | 0.0 | 15.06724391050469 | -1.9361765788701852 | -0.6705941878616191 | -0.1835419529248039 | -1.466272349583157 | -1.0378348151572894 | -0.33959602822506874 |
        | bb_upper | 100.35030809693038 | 99.54868509124306 | 99.57293965460804 | 100.45697704458388 | 100.16822068464974 | 100.21229608562851 | 101.7362783864101 | 92.31294328788587 | 91.21526906855301 |
        | bb_lower | 100.35030809693038 | 99.54868509124306 | 99.57293965460804 | 98.5198663357624 | 98.51289300380883 | 98.53360426197182 | 98.68600667289184 | 88.77441632931883 | 89.18510939942256 |
        | bb_width | 0.0 | 0.0 | 0.0 | 0.019425646074439848 | 0.016657610659643794 | 0.01682800651731076 | 0.030282921516881396 | 0.03840998139951145 | 0.02255209623059839 |
        | bb_width_ratio | 1.0 | 1.0 | 1.0 | 10.12171070625339 | 2.8675086295732806 | 2.7189962857330947 | 1.399317604908247 | 0.692400950999636 | 0.7179685139874306 |
        | atr | 0.8407294700865151 | 0.8987156372929549 | 0.8645064555143974 | 0.9396250648871101 | 0.9667222147227219 | 0.9775923684859565 | 1.0844227154943016 | 0.9236670904760312 | 0.9002396859119999 |
        | atr_slope | 0.8407294700865151 | -0.03297431089990288 | -0.034209181778557474 | 0.028081745435232452 | 0.0033856566133586563 | 0.010870153763234636 | 0.03537405248202208 | 0.042681331159566405 | 0.0004757516177332777 |
        | avg_atr | 0.8407294700865151 | 0.9064458824085179 | 0.9036499206155766 | 0.8957465216715057 | 0.9123549308699028 | 0.9146044976842496 | 0.9675378012904382 | 0.9090306659921913 | 0.9274274618379006 |
        | rsi | 50.0 | 50.0 | 45.58265973513348 | 47.463008088256494 | 47.0348885133123 | 50.222216831704564 | 53.58365191802159 | 56.34880186178942 | 44.8573691025056 |
        | stoch_rsi_k | 0.5 | 0.5 | 0.25 | 0.6961186446303756 | 0.5564453445251032 | 0.6257820329002591 | 0.4230633790927623 | 0.9864412921182396 | 0.8394752568546621 |
        | stoch_rsi_d | 0.5 | 0.5 | 0.375 | 0.5294972035556383 | 0.4674821430632135 | 0.5344683838073235 | 0.6000555992549027 | 0.9909608614121597 | 0.8852825498247575 |
        | macd_hist | 0.0 | -0.023075901882753325 | 0.027354436158369244 | 0.061060667399943286 | 0.0006524973935946587 | 0.0356335877967178 | 0.024641274633204424 | 0.37943237514338446 | 0.09595516501753909 |
        | vol_sma | 1960.916353855282 | 5587.543660309166 | 5763.928184378892 | 5523.198552336544 | 4610.491925757378 | 4475.202278699726 | 6310.750979464501 | 5490.399726014584 | 5460.665051918477 |
        | vol_trend | false | true | true | false | false | false | false | false | true |
        """;

    private const string OtherWindows = """
        | field | i=9 | i=10 | i=25 | i=120 | i=399 |
        | close | 98.94434095886537 | 98.59792141710342 | 99.55403355872295 | 93.53367610201185 | 90.02088534794211 |
        | ema_fast | 99.4340356821296 | 99.24823251212379 | 99.40963587509529 | 93.82377983358748 | 90.23191316859669 |
        | ema_slow | 99.72088729679353 | 99.58051656183227 | 99.46177310622244 | 93.99264377843524 | 90.30405448840655 |
        | ema_macro | 100.14730773611512 | 100.09650818467212 | 99.8459955388208 | 95.4525958869281 | 90.87805386976653 |
        | adx | 0.0 | 64.82343485153812 | 18.654058571771902 | 18.508100829434067 | 14.1982838630216 |
        | adx_pos | 0.0 | 5.027889724139105 | 14.374572480518385 | 14.743756143559533 | 17.675637500930797 |
        | adx_neg | 0.0 | 23.558697413740973 | 15.087051918993538 | 22.624874951081004 | 20.574962681371066 |
        | adx_slope | 0.0 | 64.82343485153812 | -1.8039697895893205 | 0.28689984016642356 | -0.735385298440292 |
        | bb_upper | 99.68129981625394 | 99.58281087087663 | 100.22905495178216 | 95.18592838915256 | 90.82057240831688 |
        | bb_lower | 99.68129981625394 | 99.58281087087663 | 98.69498343594796 | 92.77604979840396 | 89.23188820088649 |
        | bb_width | 0.0 | 0.0 | 0.015409436072013213 | 0.025764822801578838 | 0.017647951375838224 |
        | bb_width_ratio | 1.0 | 1.0 | 0.8546015816480363 | 1.1759711018932495 | 0.6319502798518108 |
        | atr | 0.8986587914779534 | 0.9326376045629277 | 0.9734987114549531 | 0.9500977882069934 | 0.8957999974801385 |
        | atr_slope | -0.03610773160248282 | 0.0339788130849743 | 0.0020012918131172563 | 0.003348977436097522 | 0.001180495495821332 |
        | avg_atr | 0.9011100302671252 | 0.9039761733849254 | 0.919880230088166 | 0.9490628963495578 | 0.9075606807230707 |
        | rsi | 28.662037124258376 | 25.630144971811333 | 50.136699225906895 | 43.52240132330555 | 45.1189153226044 |
        | stoch_rsi_k | 0.25 | 0.0 | 0.30526836725062 | 0.14390113067769983 | 0.575523772163715 |
        | stoch_rsi_d | 0.4166666666666667 | 0.3125 | 0.34902140699222794 | 0.19387453925169892 | 0.7555151334618089 |
        | macd_hist | -0.14579983627329404 | -0.16351605698824556 | 0.01872232112907335 | 0.0030557403334320332 | 0.09595516501753909 |
        | vol_sma | 5729.616335686296 | 5984.607465844601 | 3479.8993087373674 | 4670.621680747718 | 4848.605953063816 |
        | vol_trend | false | false | true | false | true |
        """;

    [Fact]
    public void Default_windows_reproduce_the_specification_bit_for_bit()
    {
        Parameters p = default;
        p.Filters.UseStochRsiFilter = true;
        p.Indicators.EmaSlowWindow = 50;
        p.Indicators.EmaFastWindow = 20;
        p.Indicators.EmaMacroWindow = 200;
        p.Indicators.AdxWindow = 14;
        p.Indicators.BbWindow = 20;
        p.Indicators.BbWidthAvgWindow = 30;
        p.Indicators.AtrWindow = 14;
        p.Indicators.RsiWindow = 14;
        p.Indicators.VolSmaWindow = 20;
        p.Indicators.VolTrendWindow = 5;
        p.Indicators.StochRsiWindow = 14;
        p.Indicators.StochRsiSmooth1 = 3;
        p.Indicators.StochRsiSmooth2 = 3;
        p.Entry.AveAvgAtrWindow = 50;
        p.Entry.SlowDriftSlopeWindow = 20;
        Reproduces(DefaultWindows, p);
    }

    [Fact]
    public void Other_windows_reproduce_the_specification_bit_for_bit()
    {
        Parameters p = default;
        p.Filters.UseStochRsiFilter = true;
        p.Indicators.EmaSlowWindow = 15;
        p.Indicators.EmaFastWindow = 8;
        p.Indicators.EmaMacroWindow = 60;
        p.Indicators.AdxWindow = 10;
        p.Indicators.BbWindow = 15;
        p.Indicators.BbWidthAvgWindow = 12;
        p.Indicators.AtrWindow = 10;
        p.Indicators.RsiWindow = 9;
        p.Indicators.VolSmaWindow = 10;
        p.Indicators.VolTrendWindow = 3;
        p.Indicators.StochRsiWindow = 8;
        p.Indicators.StochRsiSmooth1 = 2;
        p.Indicators.StochRsiSmooth2 = 4;
        p.Entry.AveAvgAtrWindow = 20;
        p.Entry.SlowDriftSlopeWindow = 20;
        Reproduces(OtherWindows, p);
    }

    [Fact]
    public void The_first_synthetic_bar_is_the_one_of_the_specification()
    {
        Bar bar = Market()[0];
        Assert.Equal(100.0, bar.Open);
        Assert.Equal(100.5032491532166, bar.High);
        Assert.Equal(99.66251968313009, bar.Low);
        Assert.Equal(100.35030809693038, bar.Close);
        Assert.Equal(1960.916353855282, bar.Volume);
    }

    private static void Reproduces(string table, in Parameters p)
    {
        IndicatorBank bank = default;
        bank.Reset(p);
        Snapshot view = default;
        List<Snapshot> views = [];
        foreach (Bar bar in Market())
        {
            Assert.True(bank.Next(bar, ref view));
            views.Add(view);
        }

        string[][] rows = [.. table.Split('\n').Select(l => l.Trim(' ', '|').Split('|', StringSplitOptions.TrimEntries))];
        foreach (string[] row in rows.Skip(1))
        {
            for (int c = 1; c < row.Length; c++)
            {
                int bar = int.Parse(rows[0][c]["i=".Length..], CultureInfo.InvariantCulture);
                string expected = row[c];
                string actual = Field(views[bar], row[0]);
                Assert.True(Same(expected, actual), $"{row[0]} at bar {bar} is {actual}, the specification says {expected}");
            }
        }
    }

    private static bool Same(string expected, string actual) =>
        expected == actual
        || (
            double.TryParse(expected, CultureInfo.InvariantCulture, out double e)
            && e.Equals(double.Parse(actual, CultureInfo.InvariantCulture))
        );

    private static string Field(in Snapshot s, string name) =>
        name switch
        {
            "close" => Text(s.Close),
            "ema_fast" => Text(s.EmaFast),
            "ema_slow" => Text(s.EmaSlow),
            "ema_macro" => Text(s.EmaMacro),
            "adx" => Text(s.Adx),
            "adx_pos" => Text(s.AdxPos),
            "adx_neg" => Text(s.AdxNeg),
            "adx_slope" => Text(s.AdxSlope),
            "bb_upper" => Text(s.BbUpper),
            "bb_lower" => Text(s.BbLower),
            "bb_width" => Text(s.BbWidth),
            "bb_width_ratio" => Text(s.BbWidthRatio),
            "atr" => Text(s.Atr),
            "atr_slope" => Text(s.AtrSlope),
            "avg_atr" => Text(s.AvgAtr),
            "rsi" => Text(s.Rsi),
            "stoch_rsi_k" => Text(s.StochRsiK),
            "stoch_rsi_d" => Text(s.StochRsiD),
            "macd_hist" => Text(s.MacdHist),
            "vol_sma" => Text(s.VolSma),
            "vol_trend" => s.VolTrend ? "true" : "false",
            _ => throw new ArgumentException($"unknown field {name}", nameof(name)),
        };

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>The 400 bars of the specification: a 31-bit linear congruential generator and four operations.</summary>
    private static List<Bar> Market()
    {
        List<Bar> bars = [];
        uint x = 12345;
        double close = 100.0;
        for (int i = 0; i < 400; i++)
        {
            double u1 = Draw(ref x);
            double u2 = Draw(ref x);
            double u3 = Draw(ref x);
            double u4 = Draw(ref x);
            double open = close;
            close = open * (1.0 + ((u1 - 0.48) * 0.02));
            double high = Math.Max(open, close) * (1.0 + (u2 * 0.005));
            double low = Math.Min(open, close) * (1.0 - (u3 * 0.005));
            bars.Add(new Bar(i * 3_600_000L, open, high, low, close, 1000.0 + (9000.0 * u4)));
        }

        return bars;
    }

    private static double Draw(ref uint x)
    {
        x = unchecked((1103515245u * x) + 12345u) & 0x7fffffffu;
        return x / 2147483648.0;
    }
}
