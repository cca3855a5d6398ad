using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Kedge.Exchange.Gateways.Hyperliquid.Faults;

/// <summary>
/// Reads a fault plan from YAML, and so from JSON. Strict: a key that is unknown or occurs twice and a value out of range are problems, told with
/// their line. It never throws for what the text holds.
/// </summary>
public static class FaultPlanLoader
{
    /// <summary>Longest text that is read, characters.</summary>
    public const int LengthMax = 1 << 20;

    /// <summary>Reads a plan.</summary>
    /// <param name="text">YAML or JSON; an empty document is a plan without faults.</param>
    public static FaultPlanText Read(string text)
    {
        if (text.Length > LengthMax)
        {
            return new FaultPlanText(null, [$"the plan is longer than {LengthMax} characters"]);
        }

        List<string> problems = [];
        ExchangeFaultPlan? plan = null;
        try
        {
            plan = new Reading(new Parser(new StringReader(text)), problems).Plan();
        }
        catch (YamlException broken)
        {
            problems.Add($"line {broken.Start.Line}: not valid YAML: {broken.Message.ReplaceLineEndings(" ")}");
        }
        catch (Exception broken) when (broken is ArgumentException or InvalidOperationException or FormatException)
        {
            // The parser lets some of its own slip on hostile text.
            problems.Add($"line 1: not valid YAML: {broken.Message.ReplaceLineEndings(" ")}");
        }

        if (problems.Count == 0 && plan?.Check() is string wrong)
        {
            problems.Add(wrong);
        }

        return new FaultPlanText(problems.Count == 0 ? plan : null, problems);
    }

    private sealed class Reading(Parser parser, List<string> problems)
    {
        public ExchangeFaultPlan Plan()
        {
            ExchangeFaultPlan plan = new();
            parser.Consume<StreamStart>();
            if (parser.TryConsume<StreamEnd>(out _))
            {
                return plan;
            }

            parser.Consume<DocumentStart>();
            if (parser.Accept<Scalar>(out Scalar? empty) && empty.Value.Length == 0)
            {
                parser.MoveNext();
            }
            else
            {
                Mapping("the plan", (key, line) => plan = Top(plan, key, line));
            }

            parser.Consume<DocumentEnd>();
            if (parser.Accept<DocumentStart>(out DocumentStart? second))
            {
                problems.Add($"line {second.Start.Line}: a second document starts here; one is allowed");
            }

            return plan;
        }

        private ExchangeFaultPlan Top(ExchangeFaultPlan plan, string key, long line) =>
            key switch
            {
                "seed" => plan with { Seed = Integer(key, long.MinValue, long.MaxValue) },
                "starts_after" => plan with { StartsAfterMs = One(key) },
                "stops_after" => plan with { StopsAfterMs = One(key) },
                "clock_step" => plan with { ClockStep = Range(key) },
                "listed_min" => plan with { ListedMin = (int)Integer(key, 0, Core.Bounds.SymbolsMax) },
                "faults" => plan with { Rates = Rates() },
                _ => Unknown(plan, key, line),
            };

        private Dictionary<FaultKind, FaultRate> Rates()
        {
            Dictionary<FaultKind, FaultRate> rates = [];
            Mapping(
                "faults",
                (key, line) =>
                {
                    if (!FaultWords.TryParse(key, out FaultKind kind))
                    {
                        Unknown(0, $"faults.{key}", line);
                        return;
                    }

                    FaultRate rate = new(0);
                    bool isOn = true;
                    Mapping(
                        $"faults.{key}",
                        (part, at) =>
                        {
                            string name = $"faults.{key}.{part}";
                            switch (part)
                            {
                                case "chance":
                                    rate = rate with { Chance = Number(name, 1) };
                                    break;
                                case "per_day":
                                    rate = rate with { PerDay = Number(name, FaultRate.PerDayMax) };
                                    break;
                                case "for":
                                    rate = rate with { Lasts = Range(name) };
                                    break;
                                case "enabled":
                                    isOn = Switch(name);
                                    break;
                                default:
                                    Unknown(0, name, at);
                                    break;
                            }
                        }
                    );
                    if (ExchangeFaultPlan.CheckRate(kind, rate) is string wrong)
                    {
                        problems.Add($"line {line}: {wrong}");
                    }

                    if (isOn)
                    {
                        rates[kind] = rate;
                    }
                }
            );
            return rates;
        }

        /// <summary>Reads a mapping; what is none is a problem.</summary>
        private void Mapping(string name, Action<string, long> take)
        {
            if (!parser.TryConsume<MappingStart>(out _))
            {
                problems.Add($"line {Line()}: {name} must be a mapping of keys to values");
                parser.SkipThisAndNestedEvents();
                return;
            }

            HashSet<string> seen = new(StringComparer.Ordinal);
            while (!parser.TryConsume<MappingEnd>(out _))
            {
                long line = Line();
                if (!parser.TryConsume<Scalar>(out Scalar? key))
                {
                    problems.Add($"line {line}: a key of {name} must be a word");
                    parser.SkipThisAndNestedEvents();
                    parser.SkipThisAndNestedEvents();
                }
                else if (!seen.Add(key.Value))
                {
                    problems.Add($"line {line}: {Shown(key.Value)} occurs twice in {name}");
                    parser.SkipThisAndNestedEvents();
                }
                else
                {
                    take(key.Value, line);
                }
            }
        }

        private T Unknown<T>(T same, string key, long line)
        {
            problems.Add($"line {line}: {Shown(key)} is not known");
            parser.SkipThisAndNestedEvents();
            return same;
        }

        private string? Text(string name)
        {
            if (parser.TryConsume<Scalar>(out Scalar? scalar))
            {
                return scalar.Value.Trim();
            }

            problems.Add($"line {Line()}: {name} must be one value");
            parser.SkipThisAndNestedEvents();
            return null;
        }

        private long Integer(string name, long min, long max)
        {
            long line = Line();
            string? text = Text(name);
            if (text is null)
            {
                return Math.Max(min, 0);
            }

            if (
                long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long value)
                && value >= min
                && value <= max
            )
            {
                return value;
            }

            problems.Add($"line {line}: {name} must be a whole number from {min} to {max}, not {Shown(text)}");
            return Math.Max(min, 0);
        }

        private double Number(string name, double max)
        {
            long line = Line();
            string? text = Text(name);
            if (text is null)
            {
                return 0;
            }

            if (
                double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
                && value >= 0
                && value <= max
            )
            {
                return value;
            }

            problems.Add($"line {line}: {name} must be a number from 0 to {max:0}, not {Shown(text)}");
            return 0;
        }

        private bool Switch(string name)
        {
            long line = Line();
            string? text = Text(name);
            if (text is not (null or "true" or "false"))
            {
                problems.Add($"line {line}: {name} must be true or false, not {Shown(text)}");
            }

            return text != "false";
        }

        private long One(string name)
        {
            long line = Line();
            string? text = Text(name);
            if (text is null)
            {
                return 0;
            }

            if (FaultDurations.TryOne(text, out long ms))
            {
                return ms;
            }

            problems.Add($"line {line}: {name} must be a duration such as 250ms, 5s or 2h up to 30d, not {Shown(text)}");
            return 0;
        }

        private DurationRange Range(string name)
        {
            long line = Line();
            string? text = Text(name);
            if (text is null)
            {
                return default;
            }

            if (FaultDurations.TryRange(text, out DurationRange range))
            {
                return range;
            }

            problems.Add($"line {line}: {name} must be a duration or a range such as 1s..20s, not {Shown(text)}");
            return default;
        }

        private long Line() => parser.Current?.Start.Line ?? 1;

        private static string Shown(string text) => $"'{(text.Length > 40 ? text[..40] + "…" : text).ReplaceLineEndings(" ")}'";
    }
}
