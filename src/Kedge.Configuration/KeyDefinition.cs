using System.Runtime.CompilerServices;
using Kedge.Kernel;

namespace Kedge.Configuration;

/// <summary>
/// All there is to know about one key: its type, default, range and meaning, its documented sweep axis, and where it lives in
/// <see cref="Parameters"/>.
/// </summary>
public sealed class KeyDefinition
{
    internal KeyDefinition(int index, int offset, string path, KeyType type, SettingValue defaultValue, string doc)
    {
        Index = index;
        Offset = offset;
        Path = path;
        Type = type;
        Default = defaultValue;
        Doc = doc;
    }

    /// <summary>Position in <see cref="KeyTable.Keys"/>.</summary>
    public int Index { get; }

    /// <summary>Byte offset of the field in <see cref="Parameters"/>; −1 when the key is no part of it.</summary>
    public int Offset { get; }

    /// <summary>Dotted path, e.g. <c>trade.sl_atr_mult</c>.</summary>
    public string Path { get; }

    /// <summary>What it holds.</summary>
    public KeyType Type { get; }

    /// <summary>Value when no layer sets it.</summary>
    public SettingValue Default { get; }

    /// <summary>One sentence.</summary>
    public string Doc { get; }

    /// <summary>Numbers accepted; only for <see cref="KeyType.Float"/> and <see cref="KeyType.Int"/>.</summary>
    public ValueRange Range { get; internal init; } = ValueRange.Any;

    /// <summary>Words accepted; only for tiers, enums, intervals and lists that are not of symbols.</summary>
    public IReadOnlyList<string> Words { get; internal init; } = [];

    /// <summary>Encoded values of the documented sweep axis; empty when there is none.</summary>
    public IReadOnlyList<double> Axis { get; internal init; } = [];

    /// <summary>The switch without which sweeping this key changes nothing; null when there is none.</summary>
    public Gate? When { get; internal init; }

    /// <summary>Holds for the whole portfolio: an error under <c>symbols</c>.</summary>
    public bool IsPortfolio { get; internal init; }

    /// <summary>The environment variable that beats every layer of the file in trading; null when there is none.</summary>
    public string? Variable { get; internal init; }

    /// <summary>Whether the key is a field of <see cref="Parameters"/>; only these can be swept.</summary>
    public bool IsParameter => Offset >= 0;

    /// <summary>Writes a value into its field; nothing happens when the key is no part of the parameters.</summary>
    public void Apply(ref Parameters parameters, SettingValue value) => Write(ref parameters, value.Number);

    /// <summary>Reads the value back; the default when the key is no part of the parameters.</summary>
    public SettingValue Read(in Parameters parameters)
    {
        if (!IsParameter)
        {
            return Default;
        }

        ref byte field = ref FieldOf(ref Unsafe.AsRef(in parameters));
        return Type switch
        {
            KeyType.Float => new SettingValue(Unsafe.As<byte, double>(ref field)),
            KeyType.Bool => new SettingValue(field != 0 ? 1 : 0),
            _ => new SettingValue(Unsafe.As<byte, int>(ref field)),
        };
    }

    /// <summary>Writes the value that a number of a sweep stands for.</summary>
    /// <param name="parameters">Where to.</param>
    /// <param name="encoded">See <see cref="Decode"/>.</param>
    public void ApplyEncoded(ref Parameters parameters, double encoded) => Write(ref parameters, Decode(encoded));

    /// <summary>
    /// The value that a number of a sweep stands for: booleans are true unless 0; integers are cut towards zero, negative is 0; tiers
    /// and enums are the cut number, anything beyond the last word is the last word.
    /// </summary>
    public double Decode(double encoded) =>
        Type switch
        {
            KeyType.Bool => encoded != 0 ? 1 : 0,
            KeyType.Int => encoded >= int.MaxValue ? int.MaxValue
            : encoded >= 1 ? Math.Truncate(encoded)
            : 0,
            KeyType.Tier or KeyType.Enum => encoded >= Words.Count - 1 ? Words.Count - 1
            : encoded >= 1 ? Math.Truncate(encoded)
            : 0,
            _ => encoded,
        };

    /// <summary>Whether a decoded number is accepted by the key.</summary>
    public bool Accepts(double number) =>
        Type switch
        {
            KeyType.Float => Range.Contains(number),
            KeyType.Int => Range.Contains(number) && number == Math.Truncate(number) && Math.Abs(number) <= int.MaxValue,
            KeyType.Bool => number is 0 or 1,
            KeyType.Tier or KeyType.Enum => number >= 0 && number < Words.Count && number == Math.Truncate(number),
            _ => false,
        };

    /// <summary>The value as text that reads back to the same value, e.g. <c>0.05</c>, <c>true</c>, <c>high</c>, <c>[BTC, ETH]</c>.</summary>
    public string Format(SettingValue value) =>
        Type switch
        {
            // Adding zero turns −0 into 0: equal values must have equal text.
            KeyType.Float or KeyType.Int => (value.Number + 0.0).ToString("R", System.Globalization.CultureInfo.InvariantCulture),
            KeyType.Bool => value.Number != 0 ? "true" : "false",
            KeyType.Tier or KeyType.Enum => Words[(int)value.Number],
            KeyType.List => $"[{string.Join(", ", value.Items)}]",
            _ => value.Text,
        };

    /// <inheritdoc/>
    public override string ToString() => Path;

    private void Write(ref Parameters parameters, double number)
    {
        if (!IsParameter)
        {
            return;
        }

        ref byte field = ref FieldOf(ref parameters);
        switch (Type)
        {
            case KeyType.Float:
                Unsafe.As<byte, double>(ref field) = number;
                break;
            case KeyType.Bool:
                field = number != 0 ? (byte)1 : (byte)0;
                break;
            default:
                Unsafe.As<byte, int>(ref field) = (int)number;
                break;
        }
    }

    private ref byte FieldOf(ref Parameters parameters) =>
        ref Unsafe.AddByteOffset(ref Unsafe.As<Parameters, byte>(ref parameters), Offset);
}
