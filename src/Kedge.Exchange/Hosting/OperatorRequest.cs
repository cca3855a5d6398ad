namespace Kedge.Exchange.Hosting;

/// <summary>A request on the operator's port.</summary>
/// <param name="Method">HTTP method, upper case.</param>
/// <param name="Path">Path without query.</param>
/// <param name="Body">The body as it came.</param>
public sealed record OperatorRequest(string Method, string Path, ReadOnlyMemory<byte> Body);
