namespace Kedge.Venues.Hyperliquid.Wire;

/// <summary>A sub-account.</summary>
/// <param name="Name">Its name, if told.</param>
/// <param name="Address">Its address, if told.</param>
/// <param name="Master">Account it belongs to, if told.</param>
/// <param name="SpotBalances">Its spot balances.</param>
/// <param name="Abstraction">Account mode, for example <c>portfolioMargin</c>, if told.</param>
public sealed record SubAccount(
    string? Name,
    string? Address,
    string? Master,
    IReadOnlyList<SpotBalance> SpotBalances,
    string? Abstraction
);
