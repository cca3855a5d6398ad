using System.Runtime.InteropServices;
using Kedge.Kernel;
using Kedge.Kernel.MeiAlpha.Settings;
using Kedge.Research.Search.Columns;

namespace Kedge.Research.Search.Gpu;

/// <summary>What the indicators of a configuration depend on: runs that agree on it share their snapshots.</summary>
internal static class IndicatorKey
{
    /// <summary>The key of a configuration.</summary>
    /// <param name="groups">Its parameters by group of symbols.</param>
    public static ByteKey Of(ReadOnlySpan<Parameters> groups)
    {
        int window = Marshal.SizeOf<int>();
        int size = ParameterBytesOf(groups[0].Indicators).Length + (2 * window) + 2;
        byte[] name = new byte[groups.Length * size];
        for (int g = 0; g < groups.Length; g++)
        {
            ref readonly Parameters p = ref groups[g];
            Span<byte> part = name.AsSpan(g * size, size);
            ReadOnlySpan<byte> windows = ParameterBytesOf(p.Indicators);
            windows.CopyTo(part);
            part = part[windows.Length..];
            MemoryMarshal.Write(part, p.Entry.AveAvgAtrWindow);
            MemoryMarshal.Write(part[window..], p.Entry.SlowDriftSlopeWindow);
            part[2 * window] = p.Entry.EnableSlowDriftEntries ? (byte)1 : (byte)0;
            part[(2 * window) + 1] = p.Filters.UseStochRsiFilter ? (byte)1 : (byte)0;
        }

        return new ByteKey(name);
    }

    private static ReadOnlySpan<byte> ParameterBytesOf(in IndicatorParameters indicators) =>
        MemoryMarshal.AsBytes(MemoryMarshal.CreateReadOnlySpan(in indicators, 1));
}
