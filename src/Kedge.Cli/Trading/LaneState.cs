namespace Kedge.Cli.Trading;

/// <summary>Everything there is to know of a running lane.</summary>
internal sealed record LaneState
{
    public required string Lane { get; init; }

    public required string Mode { get; init; }

    public required string Account { get; init; }

    public required string Session { get; init; }

    public required string ConfigId { get; init; }

    /// <summary>running or stopped.</summary>
    public required string Phase { get; init; }

    public required string Health { get; init; }

    public required IReadOnlyList<string> Reasons { get; init; }

    public required IReadOnlyList<string> Symbols { get; init; }

    public required bool IsSessionUp { get; init; }

    public LaneSnapshot? Engine { get; init; }

    public required int Waiting { get; init; }

    public required int MostWaiting { get; init; }

    public required long CoalescedPrices { get; init; }

    public required IReadOnlyList<string> BarsAwaited { get; init; }

    public required long Alerts { get; init; }
}
