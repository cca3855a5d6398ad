using Kedge.Simulation.Crashes;

namespace Kedge.Simulation.Disk;

/// <summary>A sort of file: how its operations are named at crash points, and whether its bytes repeat from run to run.</summary>
internal sealed class DiskKind
{
    public const string Database = "db";
    public const string Wal = "wal";
    public const string Rollback = "rollback";
    public const string Temporary = "temp";

    private static readonly string[] Operations = ["create", "write", "truncate", "flush", "names", "rename", "delete", "read"];
    private readonly int[] _steps;

    public DiskKind(string name, CrashPoints points)
    {
        Name = name;
        _steps = [.. Operations.Select(operation => points.Number($"{name}.{operation}"))];
    }

    public string Name { get; }

    /// <summary>SQLite salts its logs with random numbers of the whole process.</summary>
    public bool Repeats => Name is not (Wal or Rollback or Temporary);

    /// <summary>No crash of ours leaves a trace of a temporary file.</summary>
    public bool HasPoints => Name != Temporary;

    public int Step(DiskOperation operation) => _steps[(int)operation];
}
