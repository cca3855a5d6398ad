namespace Kedge.Crypto;

/// <summary>One member of an EIP-712 struct.</summary>
/// <param name="Name">Its name, as it is signed.</param>
/// <param name="Type">Its type: <c>string</c>, <c>bytes32</c>, <c>address</c>, <c>bool</c>, <c>uint64</c> or <c>uint256</c> (values up to 64 bits).</param>
public readonly record struct Eip712Field(string Name, string Type);
