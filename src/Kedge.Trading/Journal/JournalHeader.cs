using Kedge.Model.Machines;
using Kedge.Trading.Engine;

namespace Kedge.Trading.Journal;

/// <summary>Whose segment it is. Every version of the program can read it, whatever became of the layout of states and events.</summary>
public sealed record JournalHeader
{
    /// <summary>Fingerprint of the layout that states and events are written in.</summary>
    public required ulong Layout { get; init; }

    /// <summary>Version of the program that wrote it.</summary>
    public required string Program { get; init; }

    /// <summary>Number of the segment, from 1; it rises over all sessions of a lane.</summary>
    public required long Segment { get; init; }

    /// <summary>Name of the lane.</summary>
    public required string Lane { get; init; }

    /// <summary>One start of an engine.</summary>
    public required string Session { get; init; }

    /// <summary>Id of the configuration, 64 hex digits; empty when it has none.</summary>
    public required string ConfigId { get; init; }

    /// <summary>When it began, on both clocks.</summary>
    public required Now Began { get; init; }

    /// <summary>Where orders went.</summary>
    public required TradingMode Mode { get; init; }

    /// <summary>Watched symbols, in ordinal order.</summary>
    public required IReadOnlyList<string> Symbols { get; init; }

    /// <summary>Strategies behind the port, each as <c>name version symbol,symbol</c>; none where the kernel has all symbols.</summary>
    public required IReadOnlyList<string> Strategies { get; init; }

    /// <summary>The engine's settings, field by field.</summary>
    public required ReadOnlyMemory<byte> Settings { get; init; }

    /// <summary>The engine's rules, field by field.</summary>
    public required ReadOnlyMemory<byte> Rules { get; init; }
}
