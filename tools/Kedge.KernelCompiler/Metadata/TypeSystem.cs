using System.Collections.Immutable;
using System.Reflection;
using System.Reflection.Metadata;

namespace Kedge.KernelCompiler.Metadata;

/// <summary>The types of all modules read. What is in none of them is outside the subset, except two functions of <c>System.Math</c>.</summary>
internal sealed class TypeSystem : IDisposable
{
    private readonly List<IlModule> _modules = [];

    public TypeSystem(IEnumerable<string> assemblies)
    {
        foreach (string path in assemblies)
        {
            _modules.Add(new IlModule(path, this));
        }
    }

    /// <summary>A type by its full name, or null when no module defines it.</summary>
    public IlType? Find(string fullName)
    {
        foreach (IlModule module in _modules)
        {
            if (module.TryFind(fullName, out TypeDefinitionHandle handle))
            {
                return Define(module, handle, []);
            }
        }

        return null;
    }

    /// <summary>A type a module defines; an enum becomes its underlying integer.</summary>
    public IlType Define(IlModule module, TypeDefinitionHandle handle, ImmutableArray<IlType> arguments)
    {
        TypeDefinition type = module.Metadata.GetTypeDefinition(handle);
        if (type.Attributes.HasFlag(TypeAttributes.Interface))
        {
            return IlType.Defined(IlTypeKind.Class, module, handle, arguments);
        }

        string parent = BaseName(module, type.BaseType);
        if (parent == "System.Enum")
        {
            return module.InstanceFields(handle).Single().DecodeSignature(module.Signatures, GenericContext.None);
        }

        bool isStruct = parent == "System.ValueType";
        return IlType.Defined(isStruct ? IlTypeKind.Struct : IlTypeKind.Class, module, handle, arguments);
    }

    public void Dispose() => _modules.ForEach(module => module.Dispose());

    private static string BaseName(IlModule module, EntityHandle handle)
    {
        if (handle.IsNil || handle.Kind != HandleKind.TypeReference)
        {
            return "";
        }

        TypeReference type = module.Metadata.GetTypeReference((TypeReferenceHandle)handle);
        return $"{module.Metadata.GetString(type.Namespace)}.{module.Metadata.GetString(type.Name)}";
    }
}
