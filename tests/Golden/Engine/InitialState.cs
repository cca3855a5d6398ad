using Kedge.Kernel.Perps;

namespace Kedge.Golden.Engine;

/// <summary>Wallet, positions and cooldowns a run starts with.</summary>
/// <param name="Balance">Wallet.</param>
/// <param name="Positions">Open positions by symbol.</param>
/// <param name="LastEntryMs">Last entry or add by symbol.</param>
/// <param name="LastExitMs">Last exit by symbol; it starts the exit cooldown, not the post-exit one.</param>
public sealed record InitialState(
    double Balance,
    IReadOnlyDictionary<string, Position> Positions,
    IReadOnlyDictionary<string, long> LastEntryMs,
    IReadOnlyDictionary<string, long> LastExitMs
);
