using System.Collections.Immutable;
using System.Text;
using Kedge.KernelCompiler.Metadata;

namespace Kedge.KernelCompiler.Source;

/// <summary>One C file being made: the functions asked for and all they reach.</summary>
internal sealed class Translation
{
    private readonly CNames _names = new();
    private readonly Dictionary<IlMethod, string> _functions = [];
    private readonly List<IlMethod> _order = [];
    private readonly Dictionary<IlMethod, List<IlMethod>> _calls = [];

    public CStructs Structs { get; } = new();

    /// <summary>Methods translated, in the order they were first called.</summary>
    public ImmutableArray<IlMethod> Methods => [.. _order];

    /// <summary>The C function of a method; it will be translated.</summary>
    public string Function(IlMethod method, IlMethod? caller)
    {
        if (!_functions.TryGetValue(method, out string? name))
        {
            string arguments = method.Arguments.IsEmpty
                ? ""
                : "_of_" + string.Join("_", method.Arguments.Select(argument => argument.Name.Split('.', '+')[^1]));
            name = _names.Make(method.Owner.Name + "_" + method.Name.TrimStart('.') + arguments);
            _functions[method] = name;
            _order.Add(method);
            _calls[method] = [];
        }

        if (caller is not null)
        {
            _calls[caller].Add(method);
        }

        return name;
    }

    /// <summary>Translates the entry points and all they reach.</summary>
    public string Write(IReadOnlyList<(EntryPoint Entry, IlMethod Method)> entries)
    {
        foreach ((_, IlMethod method) in entries)
        {
            Function(method, null);
        }

        StringBuilder bodies = new();
        for (int i = 0; i < _order.Count; i++)
        {
            new BodyTranslator(this, _order[i]).Write(bodies);
        }

        RefuseRecursion();
        StringBuilder exports = new();
        foreach ((EntryPoint entry, IlMethod method) in entries)
        {
            new ExportWriter(this, entry, method).Write(exports);
        }

        StringBuilder output = new(Prelude.Text);
        Structs.Write(output);
        foreach (IlMethod method in _order)
        {
            output.Append(Prototype(method)).Append(";\n");
        }

        return output.Append('\n').Append(bodies).Append(exports).ToString();
    }

    /// <summary>Head of a function: arguments are a0, a1, …</summary>
    public string Prototype(IlMethod method)
    {
        string parameters = string.Join(
            ", ",
            method.Parameters.Select((type, i) => $"{Structs.Spell(type, method.FullName)} a{i}")
        );
        string result = Structs.Spell(method.Signature.ReturnType, method.FullName);
        return $"static {result} {_functions[method]}({(parameters.Length == 0 ? "void" : parameters)})";
    }

    private void RefuseRecursion()
    {
        HashSet<IlMethod> done = [];
        List<IlMethod> path = [];
        foreach (IlMethod method in _order)
        {
            Visit(method);
        }

        void Visit(IlMethod method)
        {
            if (path.Contains(method))
            {
                string circle = string.Join(" → ", path.SkipWhile(m => !m.Equals(method)).Append(method).Select(m => m.Name));
                throw new TranslationException(method.FullName, $"calls itself ({circle}), which the kernel subset forbids");
            }

            if (done.Contains(method))
            {
                return;
            }

            path.Add(method);
            _calls[method].ForEach(Visit);
            path.RemoveAt(path.Count - 1);
            done.Add(method);
        }
    }
}
