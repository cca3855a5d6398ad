using Kedge.Model;

namespace Kedge.Data.Manager;

/// <summary>A place where candles and funding of the past may be found.</summary>
public interface IDataSource
{
    /// <summary>Its name in configuration and answers, for example <c>sqlite</c>.</summary>
    string Name { get; }

    /// <summary>It is on this machine: asking it costs nothing, and what it has needs no copy.</summary>
    bool IsLocal { get; }

    /// <summary>Whether it can have such data at all.</summary>
    bool Serves(DataKind kind, AssetType asset);

    /// <summary>Reads what it has of a request.</summary>
    /// <param name="request">What.</param>
    /// <param name="nowMs">The time now, UTC epoch milliseconds.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="KedgeException">It cannot be read; another source may be asked.</exception>
    Task<SourceAnswer> ReadAsync(DataRequest request, long nowMs, CancellationToken cancellation);
}
