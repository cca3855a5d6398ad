using System.Buffers;
using System.Globalization;
using System.Reflection;
using System.Text;
using Kedge.Kernel;
using Kedge.Kernel.Indicators;
using Kedge.Kernel.Perps;
using Kedge.Model.Venues;
using Kedge.Trading.Engine;
using Kedge.Trading.Journal;
using Kedge.Trading.State;

namespace Kedge.Trading.Tests.Journal;

/// <summary>What an engine is told comes back from the journal to the last bit.</summary>
public sealed class EventCodecTests
{
    private const int Values = 200;

    public static TheoryData<string> Told =>
        [
            .. RandomValues
                .Closed(typeof(EngineEvent))
                .Concat(RandomValues.Closed(typeof(VenueEvent)))
                .Concat(RandomValues.Closed(typeof(OperatorCommand)))
                .Select(t => t.FullName!),
        ];

    [Theory]
    [MemberData(nameof(Told))]
    public void Every_kind_of_event_comes_back_as_it_was(string name)
    {
        Type type = typeof(EngineEvent).Assembly.GetType(name) ?? typeof(VenueEvent).Assembly.GetType(name)!;
        RandomValues values = new((ulong)name.Length + 7);
        for (int i = 0; i < Values; i++)
        {
            object made = values.Make(type, mayBeNull: false)!;
            EngineEvent told = made switch
            {
                EngineEvent own => own,
                VenueEvent venue => new EngineEvent.Told(venue),
                _ => new EngineEvent.Operated((OperatorCommand)made),
            };
            ArrayBufferWriter<byte> written = new();
            StateGraph.Write(told, written);
            EngineEvent read = StateGraph.Read<EngineEvent>(written.WrittenSpan);
            Assert.Equal(Text(told), Text(read));
            ArrayBufferWriter<byte> again = new();
            StateGraph.Write(read, again);
            Assert.True(written.WrittenSpan.SequenceEqual(again.WrittenSpan));
        }
    }

    [Fact]
    public void Every_kind_of_effect_has_a_digest_that_sees_each_field()
    {
        ArrayBufferWriter<byte> scratch = new();
        RandomValues values = new(3);
        foreach (Type type in RandomValues.Closed(typeof(EngineEffect)))
        {
            HashSet<ulong> digests = [];
            HashSet<string> texts = new(StringComparer.Ordinal);
            for (int i = 0; i < 50; i++)
            {
                EngineEffect effect = (EngineEffect)values.Make(type, mayBeNull: false)!;
                digests.Add(EffectDigest.Of(effect, scratch));
                texts.Add(Text(effect));
            }

            Assert.Equal(texts.Count, digests.Count);
        }
    }

    [Fact]
    public void A_struct_of_the_kernel_is_written_without_its_gaps()
    {
        Assert.Equal(
            (typeof(Position), true),
            (typeof(Position), System.Runtime.CompilerServices.Unsafe.SizeOf<Position>() == BlockLayout.Of<Position>().Size)
        );
        byte[] noise = new byte[System.Runtime.CompilerServices.Unsafe.SizeOf<Position>()];
        Array.Fill(noise, (byte)0xcc);
        Position noisy = System.Runtime.InteropServices.MemoryMarshal.Read<Position>(noise);
        noisy = Clean(noisy);
        Assert.True(Bytes(noisy).AsSpan().SequenceEqual(Bytes(default(Position))));
        Assert.Equal(Bytes(default(Account)).Length, Bytes(new Account(0.0)).Length > 0 ? Bytes(default(Account)).Length : 0);
        Assert.True(BlockLayout.Of<IndicatorBank>().Runs.Count > 0);
    }

    /// <summary>Sets every field to nothing one by one, which leaves the gaps as they are.</summary>
    private static Position Clean(Position position)
    {
        object boxed = position;
        foreach (FieldInfo field in BlockLayout.FieldsOf(typeof(Position)))
        {
            field.SetValue(boxed, Activator.CreateInstance(field.FieldType));
        }

        return (Position)boxed;
    }

    private static byte[] Bytes<T>(T value)
        where T : unmanaged
    {
        ArrayBufferWriter<byte> into = new();
        new GraphWriter(into).Plain(new ReadOnlySpan<T>(in value));
        return into.WrittenSpan.ToArray();
    }

    /// <summary>Everything a value holds, by other means than the code under test: public properties and fields, bits of numbers.</summary>
    private static string Text(object? value)
    {
        StringBuilder into = new();
        Text(value, into, 0);
        return into.ToString();
    }

    private static void Text(object? value, StringBuilder into, int depth)
    {
        Assert.True(depth < 20);
        switch (value)
        {
            case null:
                into.Append("null");
                return;
            case double number:
                into.Append(CultureInfo.InvariantCulture, $"{BitConverter.DoubleToInt64Bits(number):x}");
                return;
            case float number:
                into.Append(CultureInfo.InvariantCulture, $"{BitConverter.SingleToInt32Bits(number):x}");
                return;
            case decimal number:
                into.AppendJoin(',', decimal.GetBits(number));
                return;
            case string text:
                into.Append('"').Append(text).Append('"');
                return;
            case ReadOnlyMemory<byte> memory:
                into.Append(Convert.ToHexString(memory.Span));
                return;
            case IConvertible or UInt128:
                into.Append(CultureInfo.InvariantCulture, $"{value}");
                return;
            case System.Collections.IEnumerable list:
                into.Append('[');
                foreach (object? item in list)
                {
                    Text(item, into, depth + 1);
                    into.Append(';');
                }

                into.Append(']');
                return;
        }

        into.Append(value.GetType().Name).Append('{');
        for (
            Type? type = value.GetType();
            type is not null && type != typeof(object) && type != typeof(ValueType);
            type = type.BaseType
        )
        {
            foreach (
                FieldInfo field in type.GetFields(
                    BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public | BindingFlags.DeclaredOnly
                )
            )
            {
                if (!field.FieldType.Name.Contains("FixedBuffer", StringComparison.Ordinal))
                {
                    into.Append(field.Name).Append('=');
                    Text(field.GetValue(value), into, depth + 1);
                    into.Append(' ');
                }
            }
        }

        into.Append('}');
    }
}
