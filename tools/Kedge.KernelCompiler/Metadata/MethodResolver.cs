using System.Collections.Immutable;
using System.Reflection.Metadata;

namespace Kedge.KernelCompiler.Metadata;

/// <summary>What a call leads to: a method that is translated, or the name of one outside.</summary>
/// <param name="Method">The method; null when it is outside.</param>
/// <param name="Outside">Full name of an outside method.</param>
/// <param name="Signature">Its signature at the call.</param>
internal sealed record CallTarget(IlMethod? Method, string Outside, MethodSignature<IlType> Signature);

/// <summary>Finds methods behind tokens, and the struct methods behind calls through an interface.</summary>
internal static class MethodResolver
{
    /// <summary>The method a token of a body names.</summary>
    public static CallTarget Resolve(IlModule module, EntityHandle token, GenericContext context)
    {
        ImmutableArray<IlType> arguments = [];
        if (token.Kind == HandleKind.MethodSpecification)
        {
            MethodSpecification specification = module.Metadata.GetMethodSpecification((MethodSpecificationHandle)token);
            arguments = specification.DecodeSignature(module.Signatures, context);
            token = specification.Method;
        }

        if (token.Kind == HandleKind.MethodDefinition)
        {
            MethodDefinitionHandle handle = (MethodDefinitionHandle)token;
            TypeDefinitionHandle type = module.Metadata.GetMethodDefinition(handle).GetDeclaringType();
            IlMethod method = new(module.TypeOf(type, context), handle, arguments);
            return new CallTarget(method, "", method.Signature);
        }

        MemberReference member = module.Metadata.GetMemberReference((MemberReferenceHandle)token);
        string name = module.Metadata.GetString(member.Name);
        IlType owner = module.TypeOf(member.Parent, context);
        MethodSignature<IlType> open = member.DecodeMethodSignature(
            module.Signatures,
            GenericContext.Open(owner.Arguments, arguments.Length)
        );
        IlMethod? found = owner.Module is null ? null : Match(owner, name, open, arguments);
        MethodSignature<IlType> closed = member.DecodeMethodSignature(
            module.Signatures,
            new GenericContext(owner.Arguments, arguments)
        );
        return new CallTarget(found, $"{owner}.{name}", found?.Signature ?? closed);
    }

    /// <summary>The method of a struct that answers a call of an interface method; null when the struct has none of its own.</summary>
    public static IlMethod? Implementation(IlType type, IlMethod declared)
    {
        IlModule module = type.Module!;
        foreach (
            MethodImplementationHandle handle in module.Metadata.GetTypeDefinition(type.Definition).GetMethodImplementations()
        )
        {
            MethodImplementation implementation = module.Metadata.GetMethodImplementation(handle);
            IlMethod? answers = Resolve(module, implementation.MethodDeclaration, new GenericContext(type.Arguments, [])).Method;
            if (
                answers is not null
                && answers.Handle == declared.Handle
                && answers.Owner.Equals(declared.Owner)
                && implementation.MethodBody.Kind == HandleKind.MethodDefinition
            )
            {
                return new IlMethod(type, (MethodDefinitionHandle)implementation.MethodBody, declared.Arguments);
            }
        }

        MethodDefinition definition = declared.Module.Metadata.GetMethodDefinition(declared.Handle);
        MethodSignature<IlType> open = definition.DecodeSignature(
            declared.Module.Signatures,
            GenericContext.Open(declared.Owner.Arguments, declared.Arguments.Length)
        );
        return Match(type, declared.Name, open, declared.Arguments);
    }

    private static IlMethod? Match(IlType owner, string name, MethodSignature<IlType> wanted, ImmutableArray<IlType> arguments)
    {
        IlModule module = owner.Module!;
        foreach (MethodDefinitionHandle handle in module.Methods(owner.Definition))
        {
            MethodDefinition method = module.Metadata.GetMethodDefinition(handle);
            if (
                !module.Metadata.StringComparer.Equals(method.Name, name)
                || method.GetGenericParameters().Count != arguments.Length
            )
            {
                continue;
            }

            MethodSignature<IlType> signature = method.DecodeSignature(
                module.Signatures,
                GenericContext.Open(owner.Arguments, arguments.Length)
            );
            if (
                signature.ReturnType.Equals(wanted.ReturnType)
                && signature.ParameterTypes.SequenceEqual(wanted.ParameterTypes)
                && signature.Header.IsInstance == wanted.Header.IsInstance
            )
            {
                return new IlMethod(owner, handle, arguments);
            }
        }

        return null;
    }
}
