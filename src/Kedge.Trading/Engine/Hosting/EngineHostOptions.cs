using Kedge.Model.Machines;

namespace Kedge.Trading.Engine.Hosting;

/// <summary>How an <see cref="EngineHost"/> works.</summary>
public sealed record EngineHostOptions
{
    /// <summary>Clock of the machine it runs on.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Where bars of the past come from.</summary>
    public required IBarSource Bars { get; init; }

    /// <summary>Events that may wait, 256…1,048,576. At more the host takes nothing further, handles what it has, and ends with a fault: none is lost silently.</summary>
    public int MaxEvents { get; init; } = 131_072;

    /// <summary>Called on the engine's thread at least this often, milliseconds; 100…60,000.</summary>
    public int LookEveryMs { get; init; } = 1_000;

    /// <summary>Looks at the engine, for displays; null for nobody. It must not keep the engine, and must not take long.</summary>
    public Action<TradingEngine, Now>? Look { get; init; }
}
