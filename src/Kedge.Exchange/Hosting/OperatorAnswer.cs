namespace Kedge.Exchange.Hosting;

/// <summary>An answer on the operator's port.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="IsJson">JSON, else plain text.</param>
/// <param name="Body">UTF-8.</param>
public sealed record OperatorAnswer(int Status, bool IsJson, ReadOnlyMemory<byte> Body);
