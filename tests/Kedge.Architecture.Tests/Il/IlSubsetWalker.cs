using System.Reflection;
using System.Reflection.Emit;
using Kedge.Kernel;

namespace Kedge.Architecture.Tests.Il;

/// <summary>
/// Walks all IL that a closed method can reach and reports what the kernel subset forbids (docs/concepts/kernel-subset.md). Constrained calls
/// are resolved to the struct method that will run. The walk stops at methods of worlds and traces that live outside the kernel: they are
/// the seams.
/// </summary>
public sealed partial class IlSubsetWalker
{
    private readonly HashSet<Assembly> _homes;
    private readonly HashSet<MethodBase> _visited = [];
    private readonly HashSet<MethodBase> _path = [];
    private readonly HashSet<MethodBase> _seams = [];
    private readonly List<IlViolation> _violations = [];

    /// <param name="extraHomes">Assemblies besides the kernel whose methods are walked instead of being refused.</param>
    public IlSubsetWalker(params Assembly[] extraHomes)
    {
        _homes = [typeof(IWorld).Assembly, .. extraHomes];
    }

    /// <summary>Methods walked.</summary>
    public IReadOnlyCollection<MethodBase> Visited => _visited;

    /// <summary>Methods of worlds and traces outside the kernel at which the walk stopped.</summary>
    public IReadOnlyCollection<MethodBase> Seams => _seams;

    /// <summary>Walks from a closed method (generic arguments filled in) and returns every violation found.</summary>
    public static IReadOnlyList<IlViolation> Check(MethodInfo start, params Assembly[] extraHomes) =>
        new IlSubsetWalker(extraHomes).Walk(start);

    /// <summary>Walks from a closed method. May be called again with other starts; results add up.</summary>
    public IReadOnlyList<IlViolation> Walk(MethodBase start)
    {
        if (start.ContainsGenericParameters)
        {
            throw new ArgumentException("Fill in the generic arguments first (MakeGenericMethod).", nameof(start));
        }

        Visit(start);
        return _violations;
    }

    private static string Name(MethodBase method) => $"{method.DeclaringType}.{method}";

    private void Visit(MethodBase method)
    {
        if (_path.Contains(method))
        {
            Report(IlRule.Recursion, method, -1, "calls itself, directly or not");
            return;
        }

        if (!_visited.Add(method))
        {
            return;
        }

        _path.Add(method);
        MethodBody? body = method.GetMethodBody();
        if (body is null)
        {
            Report(IlRule.NoBody, method, -1, "has no IL");
        }
        else
        {
            CheckSignature(method, body);
            new BodyWalk(this, method, body).Run();
        }

        _path.Remove(method);
    }

    private void CheckSignature(MethodBase method, MethodBody body)
    {
        if (body.ExceptionHandlingClauses.Count > 0)
        {
            Report(IlRule.Exception, method, -1, "has an exception handler");
        }

        foreach (ParameterInfo parameter in method.GetParameters())
        {
            CheckType(method, parameter.ParameterType, $"parameter {parameter.Name}");
        }

        foreach (LocalVariableInfo local in body.LocalVariables)
        {
            CheckType(method, local.LocalType, $"local {local.LocalIndex}");
        }

        if (method is MethodInfo { ReturnType: var result } && result != typeof(void))
        {
            CheckType(method, result, "result");
        }
    }

    private void CheckType(MethodBase method, Type type, string what)
    {
        while (type.HasElementType && !type.IsArray)
        {
            type = type.GetElementType()!;
        }

        if (!type.IsValueType)
        {
            Report(type.IsArray ? IlRule.Array : IlRule.ReferenceObject, method, -1, $"{what} is a {type}");
        }
        else if (type.IsPrimitive || type == typeof(void) || _homes.Contains(type.Assembly) || IsSeam(type))
        {
            return;
        }
        else
        {
            Report(IlRule.OutsideType, method, -1, $"{what} is a {type}");
        }
    }

    private static bool IsSeam(Type type) =>
        type.IsValueType
        && type.Assembly != typeof(IWorld).Assembly
        && (typeof(IWorld).IsAssignableFrom(type) || typeof(ITrace).IsAssignableFrom(type));

    private void Report(IlRule rule, MethodBase method, int offset, string detail) =>
        _violations.Add(new IlViolation(rule, Name(method), offset, detail));
}
