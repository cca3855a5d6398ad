namespace Kedge.Model.Venues;

/// <summary>What was traded of a symbol in the last 24 hours.</summary>
/// <param name="Symbol">Symbol as the venue spells it.</param>
/// <param name="NotionalUsd">Price × size, both sides of a trade counted once; not negative.</param>
public readonly record struct DayVolume(string Symbol, double NotionalUsd);
