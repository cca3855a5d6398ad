namespace Kedge.Crypto;

/// <summary>Where a typed message is valid: the EIP-712 domain of name, version, chain and contract, hashed once.</summary>
public sealed class Eip712Domain
{
    private static readonly Eip712Type Type = new(
        "EIP712Domain",
        new Eip712Field("name", "string"),
        new Eip712Field("version", "string"),
        new Eip712Field("chainId", "uint256"),
        new Eip712Field("verifyingContract", "address")
    );

    /// <summary>Names a domain.</summary>
    public Eip712Domain(string name, string version, ulong chainId, Address verifyingContract)
    {
        Eip712Struct domain = new(Type);
        domain.Text(name);
        domain.Text(version);
        domain.Unsigned(chainId);
        domain.Address(verifyingContract);
        Separator = domain.Finish();
    }

    /// <summary><c>domainSeparator</c> of the standard.</summary>
    public Bytes32 Separator { get; }

    /// <summary>What is signed for a message: Keccak-256 of <c>0x19 0x01</c>, the separator and the hash of the struct.</summary>
    public Bytes32 Digest(in Bytes32 structHash)
    {
        Keccak256 hash = default;
        hash.Append([0x19, 0x01]);
        hash.Append(Separator.Span);
        hash.Append(structHash.Span);
        return hash.Finish();
    }
}
