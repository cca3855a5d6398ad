namespace Kedge.Exchange.Core.Engine;

/// <summary>Which address is which account, and which API wallets may sign for it. Plain mappings.</summary>
internal sealed class AccountDirectory(ExchangeSettings settings)
{
    private readonly Dictionary<Address, int> _accounts = [];
    private readonly SortedDictionary<int, Address> _addresses = [];
    private readonly List<Agent> _agents = [];
    private readonly Dictionary<Address, Agent> _agentByAddress = [];

    /// <summary>An API wallet.</summary>
    public sealed record Agent(int Account, Address Address, string Name, long ValidUntilMs);

    public IReadOnlyList<Agent> Agents => _agents;

    public IEnumerable<KeyValuePair<int, Address>> Addresses => _addresses;

    public bool IsTaken(Address address) => _accounts.ContainsKey(address) || _agentByAddress.ContainsKey(address);

    public void Add(int account, Address address)
    {
        _accounts.Add(address, account);
        _addresses.Add(account, address);
    }

    /// <summary>Account of an address itself, or −1.</summary>
    public int Find(Address address) => _accounts.GetValueOrDefault(address, -1);

    /// <summary>Address of an account; the house has none.</summary>
    public bool TryAddress(int account, out Address address) => _addresses.TryGetValue(account, out address);

    /// <summary>The account a signer acts for: its own, or the one whose agent it is; −1 for nobody.</summary>
    public int Signs(Address signer, long nowMs)
    {
        if (_accounts.TryGetValue(signer, out int account))
        {
            return account;
        }

        return _agentByAddress.TryGetValue(signer, out Agent? agent) && IsValid(agent, nowMs) ? agent.Account : -1;
    }

    public bool Approve(int account, Address address, string? name, long validUntilMs, long nowMs)
    {
        name ??= "";
        if (account == 0 || name.Length > 16 || validUntilMs < 0 || _accounts.ContainsKey(address))
        {
            return false;
        }

        _agents.RemoveAll(agent => !IsValid(agent, nowMs) && _agentByAddress.Remove(agent.Address));
        if (_agentByAddress.ContainsKey(address))
        {
            return false;
        }

        int old = _agents.FindIndex(agent =>
            agent.Account == account && string.Equals(agent.Name, name, StringComparison.Ordinal)
        );
        if (old >= 0)
        {
            _agentByAddress.Remove(_agents[old].Address);
            _agents.RemoveAt(old);
        }
        else if (
            name.Length > 0
            && _agents.FindAll(agent => agent.Account == account && agent.Name.Length > 0).Count >= settings.NamedAgentsMax
        )
        {
            return false;
        }

        Restore(new Agent(account, address, name, validUntilMs));
        return true;
    }

    public void Restore(Agent agent)
    {
        _agentByAddress.Add(agent.Address, agent);
        _agents.Add(agent);
    }

    private static bool IsValid(Agent agent, long nowMs) => agent.ValidUntilMs == 0 || agent.ValidUntilMs > nowMs;
}
