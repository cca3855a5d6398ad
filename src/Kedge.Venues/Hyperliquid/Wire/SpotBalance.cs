namespace Kedge.Venues.Hyperliquid.Wire;

/// <summary>What an account holds of one token.</summary>
/// <param name="Coin">Token.</param>
/// <param name="TokenId">Its number.</param>
/// <param name="Total">All of it.</param>
/// <param name="Hold">Bound by orders.</param>
/// <param name="EntryNotionalUsd">What it cost, USD, if told.</param>
public sealed record SpotBalance(string Coin, int TokenId, decimal Total, decimal Hold, decimal? EntryNotionalUsd);
