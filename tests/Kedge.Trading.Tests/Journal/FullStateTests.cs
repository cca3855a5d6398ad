using System.Buffers;
using System.Reflection;
using Kedge.Model.Machines;
using Kedge.Research.Replay.Driver;
using Kedge.Research.Tests.Replay;
using Kedge.Trading.Engine;
using Kedge.Trading.State;

namespace Kedge.Trading.Tests.Journal;

/// <summary>A full state record holds everything an engine decides by.</summary>
public sealed class FullStateTests
{
    /// <summary>What a full state leaves out. Whoever adds a line says here, as at the field, why nothing is lost without it.</summary>
    private static readonly string[] LeftOut =
    [
        "EngineSettings.<Strategies>k__BackingField",
        "SignalMonitor.<Book>k__BackingField",
        "TradingEngine._account",
        "TradingEngine._effects",
        "TradingEngine._ranks",
        "TradingEngine._settings",
        "TradingEngine._world",
    ];

    [Fact]
    public void Every_field_that_hangs_on_an_engine_is_saved_or_on_an_explained_list()
    {
        IReadOnlyList<string> lines = StateGraph.Describe(typeof(TradingEngine), typeof(EngineSettings));
        Assert.Contains(lines, l => l.StartsWith("Kedge.Trading.Oms.LaneIntent.", StringComparison.Ordinal));
        Assert.Contains(lines, l => l.StartsWith("Kedge.Trading.Engine.FundingDesk.", StringComparison.Ordinal));
        Assert.Contains(lines, l => l.StartsWith("Kedge.Trading.Risk.TokenBucket.", StringComparison.Ordinal));
        string[] leftOut =
        [
            .. typeof(TradingEngine)
                .Assembly.GetTypes()
                .SelectMany(t =>
                    t.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
                )
                .Where(f => f.IsDefined(typeof(NotStateAttribute)))
                .Select(f => $"{f.DeclaringType!.Name}.{f.Name}")
                .Order(StringComparer.Ordinal),
        ];
        Assert.Equal(LeftOut, leftOut);
    }

    [Fact]
    public void The_memory_of_an_engine_writes_every_block_it_has()
    {
        Type memory = typeof(TradingEngine).Assembly.GetType("Kedge.Trading.Engine.EngineMemory")!;
        string[] pointers = [.. memory.GetProperties().Where(p => p.PropertyType.IsPointer).Select(p => p.Name)];
        string[] types =
        [
            .. memory
                .GetProperties()
                .Where(p => p.PropertyType.IsPointer)
                .Select(p => p.PropertyType.GetElementType()!.Name)
                .Distinct(),
        ];
        Assert.Equal(10, pointers.Length);
        Assert.Equal(
            types.Where(t => t != "Candidate").Order(StringComparer.Ordinal),
            memory.GetCustomAttribute<StateBlockAttribute>()!.Types.Select(t => t.Name).Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public void An_engine_that_was_saved_and_read_at_any_tick_goes_on_the_same()
    {
        long swaps = 0;
        long bytes = 0;
        Parallel.For(
            1,
            41,
            new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount },
            seed =>
            {
                using PaperSession session = PaperSession.Of((ulong)seed);
                ReplayRunResult expected = session.Case.Run();
                TestRandom random = new((ulong)seed + 5);
                session.AfterTick = (driver, now) =>
                {
                    if (!random.Chance(0.02))
                    {
                        return;
                    }

                    ArrayBufferWriter<byte> saved = new();
                    session.Engine.SaveFull(saved);
                    TradingEngine other = session.MakeEngine();
                    other.LoadFull(saved.WrittenSpan);
                    ArrayBufferWriter<byte> again = new();
                    other.SaveFull(again);
                    Assert.True(saved.WrittenSpan.SequenceEqual(again.WrittenSpan), $"seed {seed}: written again it differs");
                    session.Engine.Dispose();
                    session.Engine = other;
                    driver.GoOnWith(other, now);
                    Interlocked.Increment(ref swaps);
                    Interlocked.Add(ref bytes, saved.WrittenCount);
                };
                Assert.True(expected.Hash == session.Run().Account.Hash, $"seed {seed}");
            }
        );
        TestContext.Current.TestOutputHelper?.WriteLine($"{swaps} states, {bytes / Math.Max(1, swaps)} bytes each");
        Assert.True(swaps > 40);
    }
}
