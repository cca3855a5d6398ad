using System.Text;

namespace Kedge.Crypto;

/// <summary>An EIP-712 struct type without nested structs: its members in order, and the hash of its spelling.</summary>
public sealed class Eip712Type
{
    private static readonly string[] Known = ["string", "bytes32", "address", "bool", "uint64", "uint256"];

    /// <summary>Names a type and its members.</summary>
    /// <exception cref="ArgumentException">A member has a type that is not supported.</exception>
    public Eip712Type(string name, params Eip712Field[] fields)
    {
        ArgumentNullException.ThrowIfNull(fields);
        foreach (Eip712Field field in fields)
        {
            if (!Known.Contains(field.Type, StringComparer.Ordinal))
            {
                throw new ArgumentException($"type '{field.Type}' of {name}.{field.Name} is not supported", nameof(fields));
            }
        }

        Name = name;
        Fields = fields;
        Spelling = $"{name}({string.Join(',', fields.Select(f => $"{f.Type} {f.Name}"))})";
        Hash = Keccak256.Hash(Encoding.UTF8.GetBytes(Spelling));
    }

    /// <summary>Name of the struct.</summary>
    public string Name { get; }

    /// <summary>Members in the order in which they are hashed.</summary>
    public IReadOnlyList<Eip712Field> Fields { get; }

    /// <summary><c>encodeType</c> of the standard: <c>Name(type member,…)</c>.</summary>
    public string Spelling { get; }

    /// <summary><c>typeHash</c> of the standard: Keccak-256 of the spelling.</summary>
    public Bytes32 Hash { get; }

    /// <summary>The same struct with other members put in at a place, as multi-signature payloads need it.</summary>
    public Eip712Type With(int at, params Eip712Field[] added) => new(Name, [.. Fields.Take(at), .. added, .. Fields.Skip(at)]);
}
