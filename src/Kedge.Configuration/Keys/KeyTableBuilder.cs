using System.Runtime.CompilerServices;
using Kedge.Kernel;

namespace Kedge.Configuration.Keys;

/// <summary>
/// Collects the key definitions. A key of the parameters is given as a reference to its field in one instance: the builder notes the
/// field's offset, so that reading and writing need neither reflection nor a delegate per key.
/// </summary>
internal ref struct KeyTableBuilder
{
    private static readonly string[] TierWords = ["low", "medium", "high"];

    private readonly ref byte _start;
    private readonly ref Parameters _defaults;
    private readonly List<KeyDefinition> _keys;

    public KeyTableBuilder(ref Parameters parameters, List<KeyDefinition> keys)
    {
        _start = ref Unsafe.As<Parameters, byte>(ref parameters);
        _defaults = ref parameters;
        _keys = keys;
    }

    public readonly void Float(
        ref double field,
        string path,
        double value,
        ValueRange range,
        string doc,
        double[]? axis = null,
        Gate? when = null,
        bool portfolio = false
    ) =>
        Add(
            new KeyDefinition(_keys.Count, OffsetOf(ref field), path, KeyType.Float, new SettingValue(value), doc)
            {
                Range = range,
                Axis = axis ?? [],
                When = when,
                IsPortfolio = portfolio,
            }
        );

    public readonly void Int(
        ref int field,
        string path,
        int value,
        ValueRange range,
        string doc,
        double[]? axis = null,
        Gate? when = null,
        bool portfolio = false
    ) =>
        Add(
            new KeyDefinition(_keys.Count, OffsetOf(ref field), path, KeyType.Int, new SettingValue(value), doc)
            {
                Range = range,
                Axis = axis ?? [],
                When = when,
                IsPortfolio = portfolio,
            }
        );

    public readonly void Bool(
        ref bool field,
        string path,
        bool value,
        string doc,
        double[]? axis = null,
        Gate? when = null,
        bool portfolio = false
    ) =>
        Add(
            new KeyDefinition(_keys.Count, OffsetOf(ref field), path, KeyType.Bool, new SettingValue(value ? 1 : 0), doc)
            {
                Axis = axis ?? [],
                When = when,
                IsPortfolio = portfolio,
            }
        );

    public readonly void Tier(
        ref Confidence field,
        string path,
        Confidence value,
        string doc,
        double[]? axis = null,
        Gate? when = null
    ) =>
        Add(
            new KeyDefinition(_keys.Count, OffsetOf(ref field), path, KeyType.Tier, new SettingValue((int)value), doc)
            {
                Words = TierWords,
                Axis = axis ?? [],
                When = when,
            }
        );

    /// <summary>An enum of the kernel whose members are the words, in order, from 0.</summary>
    public readonly void Word<T>(
        ref T field,
        string path,
        T value,
        string[] words,
        string doc,
        double[]? axis = null,
        bool portfolio = false
    )
        where T : unmanaged, Enum =>
        Add(
            new KeyDefinition(
                _keys.Count,
                OffsetOf(ref field),
                path,
                KeyType.Enum,
                new SettingValue(Unsafe.BitCast<T, int>(value)),
                doc
            )
            {
                Words = words,
                Axis = axis ?? [],
                IsPortfolio = portfolio,
            }
        );

    /// <summary>A number of the portfolio that is no part of the parameters.</summary>
    public readonly void Int(string path, int value, ValueRange range, string doc, string? variable = null) =>
        Add(
            new KeyDefinition(_keys.Count, -1, path, KeyType.Int, new SettingValue(value), doc)
            {
                Range = range,
                IsPortfolio = true,
                Variable = variable,
            }
        );

    /// <summary>A number with a fraction of the portfolio that is no part of the parameters.</summary>
    public readonly void Float(string path, double value, ValueRange range, string doc, string? variable = null) =>
        Add(
            new KeyDefinition(_keys.Count, -1, path, KeyType.Float, new SettingValue(value), doc)
            {
                Range = range,
                IsPortfolio = true,
                Variable = variable,
            }
        );

    /// <summary>A switch of the portfolio that is no part of the parameters.</summary>
    public readonly void Bool(string path, bool value, string doc, string? variable = null) =>
        Add(
            new KeyDefinition(_keys.Count, -1, path, KeyType.Bool, new SettingValue(value ? 1 : 0), doc)
            {
                IsPortfolio = true,
                Variable = variable,
            }
        );

    /// <summary>A word of the portfolio that is no part of the parameters.</summary>
    public readonly void Choice(string path, string value, string[] words, string doc, string? variable = null) =>
        Add(
            new KeyDefinition(_keys.Count, -1, path, KeyType.Enum, new SettingValue(Array.IndexOf(words, value)), doc)
            {
                Words = words,
                IsPortfolio = true,
                Variable = variable,
            }
        );

    public readonly void Interval(string path, string value, string[] words, string doc) =>
        Add(
            new KeyDefinition(_keys.Count, -1, path, KeyType.Interval, new SettingValue(value), doc)
            {
                Words = words,
                IsPortfolio = true,
            }
        );

    public readonly void List(string path, string[] value, string doc, bool portfolio = false, string? variable = null) =>
        Add(
            new KeyDefinition(_keys.Count, -1, path, KeyType.List, new SettingValue(value), doc)
            {
                IsPortfolio = portfolio,
                Variable = variable,
            }
        );

    private readonly void Add(KeyDefinition key)
    {
        _keys.Add(key);
        key.Apply(ref _defaults, key.Default);
    }

    private readonly int OffsetOf<T>(ref T field) => (int)Unsafe.ByteOffset(ref _start, ref Unsafe.As<T, byte>(ref field));
}
