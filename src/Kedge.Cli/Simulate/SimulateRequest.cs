using System.Globalization;
using Kedge.Simulation.Trading;

namespace Kedge.Cli.Simulate;

/// <summary>What <c>kedge simulate</c> was asked for.</summary>
internal sealed record SimulateRequest
{
    /// <summary>Most seeds of one run: each keeps its counts until the end.</summary>
    public const int MaxSeeds = 10_000;

    /// <summary>Most hours of a seed: their market is generated before it starts.</summary>
    public const long MaxHours = 744;

    /// <summary>The first seed.</summary>
    public required ulong First { get; init; }

    /// <summary>How many.</summary>
    public required int Seeds { get; init; }

    /// <summary>Hours with faults, of each.</summary>
    public required long Hours { get; init; }

    /// <summary>What goes wrong, as it was written.</summary>
    public required string FaultsText { get; init; }

    /// <summary>The lane.</summary>
    public required LaneSetup Setup { get; init; }

    /// <summary>What the account begins with, USD.</summary>
    public required long DepositUsd { get; init; }

    /// <summary>Arguments, beside seeds and hours, that make the same lane.</summary>
    public required IReadOnlyList<string> Arguments { get; init; }

    /// <summary>A run of one seed.</summary>
    public LaneRunOptions Run =>
        new()
        {
            Seed = First,
            Hours = Hours,
            Faults = LaneFaultNames.Parse(FaultsText),
            Setup = Setup,
            DepositUsd = DepositUsd,
        };

    /// <summary>The command that tells the story of a seed.</summary>
    public string Replay(ulong seed) =>
        string.Join(
            ' ',
            [
                "kedge simulate",
                .. Arguments.Select(Quoted),
                string.Create(CultureInfo.InvariantCulture, $"--hours {Hours} --faults {FaultsText} --seed {seed} --trace"),
            ]
        );

    private static string Quoted(string argument) =>
        argument.Length > 0
        && argument.All(c => char.IsAsciiLetterOrDigit(c) || "_-./=,:+%@".Contains(c, StringComparison.Ordinal))
            ? argument
            : $"'{argument.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
