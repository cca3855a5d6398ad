using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using Kedge.Architecture.Tests.Il;

namespace Kedge.Architecture.Tests;

/// <summary>A member of the framework that product code uses, and the outermost type it is used in ("" when only metadata names it).</summary>
internal readonly record struct MemberUse(string User, string Type, string Member);

/// <summary>Product assemblies as data.</summary>
internal static class Product
{
    public static string AssemblyPath(string project) =>
        Path.Combine(AppContext.BaseDirectory, (project == "Kedge.Cli" ? "kedge" : project) + ".dll");

    /// <summary>Full names of all types of other assemblies that an assembly names.</summary>
    public static List<string> TypesNamed(string project)
    {
        using PEReader file = new(File.OpenRead(AssemblyPath(project)));
        MetadataReader metadata = file.GetMetadataReader();
        return [.. metadata.TypeReferences.Select(handle => TypeName(metadata, handle))];
    }

    /// <summary>All members of other assemblies that method bodies of an assembly use.</summary>
    public static List<MemberUse> MembersUsed(string project)
    {
        using PEReader file = new(File.OpenRead(AssemblyPath(project)));
        MetadataReader metadata = file.GetMetadataReader();
        List<MemberUse> uses = [];
        foreach (MethodDefinitionHandle handle in metadata.MethodDefinitions)
        {
            MethodDefinition method = metadata.GetMethodDefinition(handle);
            if (method.RelativeVirtualAddress == 0)
            {
                continue;
            }

            string user = Outermost(metadata, method.GetDeclaringType());
            foreach (IlInstruction instruction in IlReader.Read(file.GetMethodBody(method.RelativeVirtualAddress).GetILBytes()))
            {
                if (
                    instruction.OpCode.OperandType
                    is not (System.Reflection.Emit.OperandType.InlineMethod or System.Reflection.Emit.OperandType.InlineField)
                )
                {
                    continue;
                }

                EntityHandle target = MetadataTokens.EntityHandle(instruction.Operand);
                if (target.Kind == HandleKind.MethodSpecification)
                {
                    target = metadata.GetMethodSpecification((MethodSpecificationHandle)target).Method;
                }

                if (target.Kind == HandleKind.MemberReference)
                {
                    MemberReference member = metadata.GetMemberReference((MemberReferenceHandle)target);
                    if (member.Parent.Kind == HandleKind.TypeReference)
                    {
                        uses.Add(
                            new MemberUse(
                                user,
                                TypeName(metadata, (TypeReferenceHandle)member.Parent),
                                metadata.GetString(member.Name)
                            )
                        );
                    }
                }
            }
        }

        return uses;
    }

    private static string TypeName(MetadataReader metadata, TypeReferenceHandle handle)
    {
        TypeReference type = metadata.GetTypeReference(handle);
        string name = metadata.GetString(type.Name);
        return type.ResolutionScope.Kind == HandleKind.TypeReference
                ? $"{TypeName(metadata, (TypeReferenceHandle)type.ResolutionScope)}+{name}"
            : type.Namespace.IsNil ? name
            : $"{metadata.GetString(type.Namespace)}.{name}";
    }

    private static string Outermost(MetadataReader metadata, TypeDefinitionHandle handle)
    {
        TypeDefinition type = metadata.GetTypeDefinition(handle);
        while (!type.GetDeclaringType().IsNil)
        {
            type = metadata.GetTypeDefinition(type.GetDeclaringType());
        }

        string name = metadata.GetString(type.Name);
        return type.Namespace.IsNil ? name : $"{metadata.GetString(type.Namespace)}.{name}";
    }
}
