using Kedge.Model;

namespace Kedge.Golden.Command;

/// <summary>The flags of <c>sweep</c> (backtester.md §6): those of <c>replay</c> that a sweep has, and its own.</summary>
public sealed record SweepOptions
{
    public required ReplayOptions Replay { get; init; }
    public required string Spec { get; init; }
    public string Output { get; init; } = "sweep_results.jsonl";
    public bool Candidate { get; init; }
    public int TopN { get; init; } = 10;
    public int Threads { get; init; } = Environment.ProcessorCount;
    public bool Verify { get; init; }
    public bool Strict { get; init; }

    /// <summary>Reads the arguments after <c>sweep</c>.</summary>
    public static SweepOptions Parse(IReadOnlyList<string> arguments)
    {
        List<string> replay = [];
        Dictionary<string, string> own = new(StringComparer.Ordinal);
        Queue<string> rest = new(arguments);
        while (rest.TryDequeue(out string? argument))
        {
            int equals = argument.IndexOf('=', StringComparison.Ordinal);
            string flag = equals < 0 ? argument : argument[..equals];
            switch (flag)
            {
                case "--sweep-spec" or "--output" or "--output-mode" or "--top-n" or "--threads" or "--parity-mode":
                    own[flag] = equals >= 0 ? argument[(equals + 1)..] : Next(rest, flag);
                    break;
                case "--verify-overrides" or "--strict-overrides":
                    own[flag] = "";
                    break;
                case "--gpu" or "--tpe" or "--tpe-trials" or "--tpe-batch" or "--tpe-seed" or "--sweep-top-k":
                    throw KedgeException.Usage($"{flag}: the golden driver sweeps the grid on the CPU");
                case "--lookback" or "--init-state" or "--symbol" or "--slippage-bps" or "--export-trades":
                    throw KedgeException.Usage($"{flag} is no flag of sweep");
                default:
                    replay.Add(argument);
                    break;
            }
        }

        string mode = own.GetValueOrDefault("--output-mode", "full");
        return mode is not ("full" or "candidate")
            ? throw KedgeException.Usage("--output-mode is full or candidate")
            : new SweepOptions
            {
                Replay = ReplayOptions.Parse(replay),
                Spec = own.TryGetValue("--sweep-spec", out string? spec)
                    ? spec
                    : throw KedgeException.Usage("--sweep-spec is required"),
                Output = own.GetValueOrDefault("--output", "sweep_results.jsonl"),
                Candidate = mode == "candidate",
                TopN = Whole(own, "--top-n", 10),
                Threads = Math.Max(Whole(own, "--threads", Environment.ProcessorCount), 1),
                Verify = own.ContainsKey("--verify-overrides") || own.ContainsKey("--strict-overrides"),
                Strict = own.ContainsKey("--strict-overrides"),
            };
    }

    private static string Next(Queue<string> rest, string flag) =>
        rest.TryDequeue(out string? value) ? value : throw KedgeException.Usage($"{flag} needs a value");

    private static int Whole(Dictionary<string, string> own, string flag, int fallback) =>
        !own.TryGetValue(flag, out string? text) ? fallback
        : int.TryParse(text, out int value) ? value
        : throw KedgeException.Usage($"{flag}: '{text}' is no whole number");
}
