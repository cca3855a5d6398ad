namespace Kedge.Data.Manager;

/// <summary>What a <see cref="DataManager"/> is made with.</summary>
public sealed record DataManagerOptions
{
    /// <summary>All sources there are, by their names.</summary>
    public required IReadOnlyList<IDataSource> Sources { get; init; }

    /// <summary>Names in the order they are asked when no route fits.</summary>
    public required IReadOnlyList<string> Order { get; init; }

    /// <summary>The first that fits says the order.</summary>
    public IReadOnlyList<DataRouteRule> Routes { get; init; } = [];

    /// <summary>Keeps what sources that are not local told; null for nothing.</summary>
    public IDataStore? WriteBack { get; init; }
}
