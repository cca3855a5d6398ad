using System.Text;

namespace Kedge.Trading.Strategies;

/// <summary>Names of strategies.</summary>
public static class StrategyNames
{
    /// <summary>Name of the rules in the kernel, as strategies are named in ledgers and on the command line.</summary>
    public const string Kernel = "mei_alpha";

    /// <summary>The name of a class: lower case, an underscore before each capital but the first.</summary>
    public static string Of(Type type)
    {
        ArgumentNullException.ThrowIfNull(type);
        StringBuilder name = new();
        foreach (char c in type.Name)
        {
            if (char.IsUpper(c) && name.Length > 0)
            {
                name.Append('_');
            }

            name.Append(char.ToLowerInvariant(c));
        }

        return name.ToString();
    }
}
