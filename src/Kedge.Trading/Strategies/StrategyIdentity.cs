namespace Kedge.Trading.Strategies;

/// <summary>Whose a decision is, as ledgers and reports keep it.</summary>
/// <param name="Name">Name of the strategy.</param>
/// <param name="Version">Version of its rules.</param>
public readonly record struct StrategyIdentity(string Name, string Version)
{
    /// <summary>The rules in the kernel.</summary>
    public static StrategyIdentity Kernel { get; } = new(StrategyNames.Kernel, "1");

    /// <summary>A number for saved state: 0 for the kernel, else FNV-1a of the name.</summary>
    internal long Key
    {
        get
        {
            if (string.Equals(Name, StrategyNames.Kernel, StringComparison.Ordinal))
            {
                return 0;
            }

            ulong hash = 14_695_981_039_346_656_037;
            foreach (char c in Name)
            {
                hash = (hash ^ c) * 1_099_511_628_211;
            }

            return (long)hash;
        }
    }
}
