using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;
using Kedge.Kernel;
using Kedge.KernelCompiler.Tests.Twin;

namespace Kedge.KernelCompiler.Tests;

/// <summary>The sizes and offsets the C file asserts are those the runtime uses.</summary>
public sealed class LayoutTests
{
    public static TheoryData<string> Structs => [.. KernelTwin.Kernel.Structs.Select(s => s.Name)];

    [Theory]
    [MemberData(nameof(Structs))]
    public void A_struct_lies_in_c_as_it_lies_in_dotnet(string name)
    {
        TranslatedStruct layout = KernelTwin.Kernel.Structs.Single(s => s.Name == name);
        Type type = typeof(IWorld).Assembly.GetType(name) ?? typeof(LayoutTests).Assembly.GetType(name)!;
        object? size = typeof(Unsafe).GetMethod(nameof(Unsafe.SizeOf))!.MakeGenericMethod(type).Invoke(null, null);
        Assert.Equal(size, layout.Size);
        foreach (TranslatedField field in layout.Fields)
        {
            Assert.Equal((field.Name, Offset(type, field.Name)), (field.Name, field.Offset));
        }
    }

    [Fact]
    public void The_c_file_asserts_every_size_and_offset()
    {
        string text = KernelTwin.Kernel.Text;
        int fields = KernelTwin.Kernel.Structs.Sum(s => s.Fields.Length);
        int structs = KernelTwin.Kernel.Structs.Length;
        Assert.True(structs > 30, $"{structs} structs");
        Assert.Equal(fields + structs + 1, text.Split("_Static_assert(").Length - 1);
    }

    /// <summary>Distance of a field from the start of a value, as the just-in-time compiler sees it.</summary>
    private static int Offset(Type type, string name)
    {
        const BindingFlags Any = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;
        FieldInfo field = type.GetField(name, Any)!;
        DynamicMethod method = new("offset", typeof(long), [type.MakeByRefType()], typeof(LayoutTests).Module, true);
        ILGenerator il = method.GetILGenerator();
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldflda, field);
        il.Emit(OpCodes.Conv_I8);
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Conv_I8);
        il.Emit(OpCodes.Sub);
        il.Emit(OpCodes.Ret);
        return (int)(long)method.Invoke(null, [Activator.CreateInstance(type)])!;
    }
}
