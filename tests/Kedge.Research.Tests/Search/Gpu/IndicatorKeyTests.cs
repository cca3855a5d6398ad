using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Kedge.Configuration;
using Kedge.Kernel;
using Kedge.Kernel.Indicators;
using Kedge.Research.Search.Gpu;

namespace Kedge.Research.Tests.Search.Gpu;

/// <summary>Runs share snapshots when their indicators are the same, and never otherwise.</summary>
public sealed class IndicatorKeyTests
{
    [Fact]
    public void Every_key_that_changes_an_indicator_changes_what_runs_share()
    {
        int changed = 0;
        int same = 0;
        foreach (KeyDefinition key in KeyTable.Keys.Where(k => k.IsParameter))
        {
            foreach (double value in key.Axis.Where(v => key.Accepts(v)).Concat(key.Type == KeyType.Bool ? [0.0, 1.0] : []))
            {
                Parameters before = KeyTable.Defaults;
                Parameters after = before;
                key.ApplyEncoded(ref after, value);
                bool indicators = !Bank(before).SequenceEqual(Bank(after));
                bool shared = IndicatorKey.Of([before]).Equals(IndicatorKey.Of([after]));
                Assert.True(indicators != shared, string.Create(CultureInfo.InvariantCulture, $"{key.Path} = {value}"));
                changed += indicators ? 1 : 0;
                same += indicators ? 0 : 1;
            }
        }

        Assert.True(changed > 15 && same > 200, $"{changed} values that change indicators, {same} that do not");
    }

    /// <summary>A bank after it was set up: all that tells how it goes on.</summary>
    private static byte[] Bank(in Parameters parameters)
    {
        IndicatorBank bank = default;
        bank.Reset(parameters);
        return MemoryMarshal.AsBytes(MemoryMarshal.CreateReadOnlySpan(ref Unsafe.AsRef(ref bank), 1)).ToArray();
    }
}
