namespace Kedge.Crypto;

/// <summary>One member of an EIP-712 struct.</summary>
/// <param name="Name">Its name, as it is signed.</param>
/// <param name="Type">Its type: <c>string</c>, <c>bytes32</c>, <c>address</c>, <c>bool</c> or <c>uint</c> with a width.</param>
public readonly record struct Eip712Field(string Name, string Type);
