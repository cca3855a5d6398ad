using System.Reflection;
using Kedge.Model;

namespace Kedge.Trading.Strategies;

/// <summary>Strategies that can be named: those that come with Kedge, and those of an assembly of the user's. Immutable.</summary>
public sealed class StrategyRegistry
{
    private readonly SortedDictionary<string, Type> _types;

    private StrategyRegistry(SortedDictionary<string, Type> types) => _types = types;

    /// <summary>What comes with Kedge.</summary>
    public static StrategyRegistry BuiltIn { get; } =
        new(
            new SortedDictionary<string, Type>(StringComparer.Ordinal)
            {
                [StrategyNames.Of(typeof(MovingAverageCross))] = typeof(MovingAverageCross),
                [StrategyNames.Of(typeof(OutsideStrategy))] = typeof(OutsideStrategy),
            }
        );

    /// <summary>All names, in order.</summary>
    public IReadOnlyCollection<string> Names => _types.Keys;

    /// <summary>These strategies and the public ones of an assembly.</summary>
    /// <param name="assembly">Where to look.</param>
    /// <param name="file">Its file, for messages.</param>
    /// <exception cref="KedgeException">It has none, or one of a name that is taken (exit 2).</exception>
    public StrategyRegistry With(Assembly assembly, string file)
    {
        ArgumentNullException.ThrowIfNull(assembly);
        SortedDictionary<string, Type> types = new(_types, StringComparer.Ordinal);
        int before = types.Count;
        foreach (Type type in Public(assembly, file).Where(t => !t.IsAbstract && t.IsSubclassOf(typeof(TradingStrategy))))
        {
            string name = StrategyNames.Of(type);
            if (!types.TryAdd(name, type))
            {
                throw KedgeException.Usage(
                    $"{file}: class {type.FullName} is a strategy named {name}, and there is one of that name; rename it"
                );
            }
        }

        return types.Count > before
            ? new StrategyRegistry(types)
            : throw KedgeException.Usage(
                $"{file} has no strategy: a public class that derives from {typeof(TradingStrategy).FullName} and is not abstract"
            );
    }

    /// <summary>Makes a strategy.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="parameters">What the user set.</param>
    /// <exception cref="KedgeException">No such strategy, or parameters that it does not take (exit 2).</exception>
    public TradingStrategy Create(string name, StrategyParameters parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        if (!_types.TryGetValue(name, out Type? type))
        {
            throw KedgeException.Usage(
                $"no strategy is named '{name}'; there are {StrategyNames.Kernel}, {string.Join(", ", Names)}. Others come from --strategy-assembly"
            );
        }

        try
        {
            object made =
                type.GetConstructor([typeof(StrategyParameters)]) is { } withParameters ? withParameters.Invoke([parameters])
                : type.GetConstructor([]) is { } plain ? plain.Invoke([])
                : throw KedgeException.Usage(
                    $"strategy {name}: {type.FullName} has no public constructor without parameters or with one StrategyParameters"
                );
            parameters.RequireAllRead();
            return (TradingStrategy)made;
        }
        catch (TargetInvocationException e) when (e.InnerException is { } inner)
        {
            throw inner as KedgeException
                ?? KedgeException.Usage($"strategy {name} cannot be made: {inner.GetType().Name}: {inner.Message}", inner);
        }
    }

    private static Type[] Public(Assembly assembly, string file)
    {
        try
        {
            return assembly.GetExportedTypes();
        }
        catch (Exception e) when (e is TypeLoadException or System.IO.FileNotFoundException or System.IO.FileLoadException)
        {
            throw KedgeException.Usage($"{file} cannot be used: {e.Message}; build it against this version of Kedge.Trading", e);
        }
    }
}
