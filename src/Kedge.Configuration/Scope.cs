using Kedge.Kernel;

namespace Kedge.Configuration;

/// <summary>The effective values of all symbols, or of one, and where each comes from.</summary>
internal sealed class Scope
{
    public Scope(string? symbol)
    {
        Symbol = symbol;
        IReadOnlyList<KeyDefinition> keys = KeyTable.Keys;
        Values = new SettingValue[keys.Count];
        Origins = new SettingOrigin[keys.Count];
        for (int i = 0; i < Values.Length; i++)
        {
            Values[i] = keys[i].Default;
            Origins[i] = SettingOrigin.BuiltIn;
        }
    }

    /// <summary>Null for all symbols.</summary>
    public string? Symbol { get; }

    /// <summary>By <see cref="KeyDefinition.Index"/>.</summary>
    public SettingValue[] Values { get; }

    /// <summary>By <see cref="KeyDefinition.Index"/>.</summary>
    public SettingOrigin[] Origins { get; }

    /// <summary>The values as parameters, without traits.</summary>
    public Parameters Parameters { get; private set; }

    public void Set(Assignment assignment)
    {
        Values[assignment.Key.Index] = assignment.Value;
        Origins[assignment.Key.Index] = assignment.Origin;
    }

    public void Seal()
    {
        Parameters p = default;
        foreach (KeyDefinition key in KeyTable.Keys)
        {
            key.Apply(ref p, Values[key.Index]);
        }

        Parameters = p;
    }

    public string Format(KeyDefinition key) => key.Format(Values[key.Index]);
}
