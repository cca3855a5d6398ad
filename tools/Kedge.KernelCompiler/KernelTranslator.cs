using System.Collections.Immutable;
using Kedge.KernelCompiler.Metadata;
using Kedge.KernelCompiler.Source;

namespace Kedge.KernelCompiler;

/// <summary>Translates methods of assemblies to one file of plain C. The same assemblies and entry points give the same bytes.</summary>
public static class KernelTranslator
{
    /// <summary>Translates entry points and all they reach.</summary>
    /// <param name="assemblies">Paths of the assemblies whose methods may be translated; calls may cross between them.</param>
    /// <param name="entries">What to export.</param>
    /// <exception cref="TranslationException">Something reached is not in the kernel subset, or an entry point is not there.</exception>
    public static TranslatedKernel Translate(IReadOnlyList<string> assemblies, IReadOnlyList<EntryPoint> entries)
    {
        using TypeSystem system = new(assemblies);
        Translation unit = new();
        string text = unit.Write([.. entries.Select(entry => (entry, Find(system, entry)))]);
        return new TranslatedKernel(
            text,
            [.. entries.Where(entry => entry.IsGrid).Select(entry => entry.Name)],
            [.. unit.Methods.Select(method => method.Key)],
            [.. unit.Structs.Layouts.Select(Describe)]
        );
    }

    private static IlMethod Find(TypeSystem system, EntryPoint entry)
    {
        string path = entry.Method;
        ImmutableArray<IlType> arguments = [];
        int open = path.IndexOf('<', StringComparison.Ordinal);
        if (open > 0 && path.EndsWith('>'))
        {
            arguments =
            [
                .. path[(open + 1)..^1]
                    .Split(',')
                    .Select(name =>
                        system.Find(name.Trim())
                        ?? throw new TranslationException(entry.Method, $"no assembly given has a type {name.Trim()}")
                    ),
            ];
            path = path[..open];
        }

        int dot = path.LastIndexOf('.');
        IlType type =
            system.Find(path[..dot])
            ?? throw new TranslationException(entry.Method, $"no assembly given has a type {path[..dot]}");
        IlMethod[] named =
        [
            .. type.Module!.Methods(type.Definition)
                .Where(handle =>
                    type.Module.Metadata.StringComparer.Equals(
                        type.Module.Metadata.GetMethodDefinition(handle).Name,
                        path[(dot + 1)..]
                    )
                    && type.Module.Metadata.GetMethodDefinition(handle).GetGenericParameters().Count == arguments.Length
                )
                .Select(handle => new IlMethod(type, handle, arguments)),
        ];
        return named.Length == 1
            ? named[0]
            : throw new TranslationException(
                entry.Method,
                $"{type} has {named.Length} methods of this name with {arguments.Length} generic arguments; an entry point needs exactly one"
            );
    }

    private static TranslatedStruct Describe(StructLayout layout) =>
        new(
            layout.Type.Name,
            layout.Size,
            [.. layout.Fields.Select(field => new TranslatedField(field.Name, field.Type.Name, field.Offset, field.Count))]
        );
}
