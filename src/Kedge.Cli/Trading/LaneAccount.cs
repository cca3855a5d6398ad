using Kedge.Crypto;

namespace Kedge.Cli.Trading;

/// <summary>Whom a lane trades for.</summary>
/// <param name="Owner">The account; never an agent's address.</param>
/// <param name="Vault">Sub-account or vault that is traded for instead.</param>
/// <param name="Signer">Key that signs; null where nothing is sent.</param>
internal sealed record LaneAccount(Address Owner, Address? Vault, PrivateKey? Signer) : IDisposable
{
    /// <summary>Whose orders, fills and money they are.</summary>
    public Address Traded => Vault ?? Owner;

    public void Dispose() => Signer?.Dispose();
}
