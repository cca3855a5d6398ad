using System.Reflection;
using Kedge.Kernel;
using Kedge.Kernel.Perps;
using Kedge.Trading.State;

namespace Kedge.Trading.Tests.State;

/// <summary>What a restart brings back: every field of the kernel's memory, with all its bits.</summary>
public sealed class StateBytesTests
{
    [Fact]
    public void Every_field_of_an_account_comes_back()
    {
        Account account = Filled<Account>();
        Account read = default;
        StateBytes.Read(StateBytes.Of(account), ref read);
        Assert.Equal(Describe(account), Describe(read));
    }

    [Fact]
    public void Every_field_of_an_order_comes_back()
    {
        KernelOrder order = Filled<KernelOrder>();
        Assert.Equal(Describe(order), Describe(StateBytes.ReadOrder(StateBytes.Of(order))));
    }

    [Fact]
    public void Every_field_of_a_symbol_comes_back()
    {
        SymbolState state = Filled<SymbolState>();
        System.Buffers.ArrayBufferWriter<byte> into = new();
        FieldWriter writer = new(into);
        KernelFields.Visit(ref writer, ref state);
        SymbolState read = default;
        FieldReader reader = new(into.WrittenSpan);
        KernelFields.Visit(ref reader, ref read);
        Assert.Equal(Describe(state), Describe(read));
    }

    [Fact]
    public void Fields_of_another_version_are_passed_over_and_cut_bytes_are_refused()
    {
        Account account = Filled<Account>();
        byte[] bytes = StateBytes.Of(account);
        byte[] later = [.. bytes, 3, (byte)'N', (byte)'e', (byte)'w', 1, 2, 3, 4, 5, 6, 7, 8];
        Account read = default;
        StateBytes.Read(later, ref read);
        Assert.Equal(Describe(account), Describe(read));
        Account cut = default;
        Assert.Throws<InvalidDataException>(() => StateBytes.Read(bytes.AsSpan(0, bytes.Length - 1), ref cut));
    }

    /// <summary>A struct in which no field has its default.</summary>
    private static T Filled<T>()
        where T : struct
    {
        int next = 1;
        return (T)Fill(typeof(T), ref next);
    }

    private static object Fill(Type type, ref int next)
    {
        if (type.IsEnum)
        {
            return Enum.GetValues(type).GetValue(1)!;
        }

        if (type == typeof(bool))
        {
            return true;
        }

        if (type.IsPrimitive)
        {
            return Convert.ChangeType(
                type == typeof(double) ? next++ + 0.1 : (double)next++,
                type,
                System.Globalization.CultureInfo.InvariantCulture
            );
        }

        object value = Activator.CreateInstance(type)!;
        foreach (FieldInfo field in type.GetFields(BindingFlags.Instance | BindingFlags.Public))
        {
            field.SetValue(value, Fill(field.FieldType, ref next));
        }

        return value;
    }

    private static string Describe(object value)
    {
        Type type = value.GetType();
        return type.IsPrimitive || type.IsEnum
            ? value.ToString()!
            : string.Join(
                ' ',
                type.GetFields(BindingFlags.Instance | BindingFlags.Public)
                    .Select(f => $"{f.Name}=({Describe(f.GetValue(value)!)})")
            );
    }
}
