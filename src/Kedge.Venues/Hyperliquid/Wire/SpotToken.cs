namespace Kedge.Venues.Hyperliquid.Wire;

/// <summary>One token of the venue.</summary>
/// <param name="Name">Name.</param>
/// <param name="SizeDecimals">Decimals of a size.</param>
/// <param name="TokenId">Its number.</param>
/// <param name="WeiDecimals">Decimals on the chain, if told.</param>
/// <param name="IsCanonical">Whether the venue vouches for its name.</param>
/// <param name="FullName">Its long name, if it has one.</param>
public sealed record SpotToken(string Name, int SizeDecimals, int TokenId, int? WeiDecimals, bool IsCanonical, string? FullName);
