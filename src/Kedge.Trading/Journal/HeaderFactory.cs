using System.Buffers;
using System.Reflection;
using Kedge.Model.Machines;
using Kedge.Trading.Engine;
using Kedge.Trading.State;
using Kedge.Trading.Strategies;

namespace Kedge.Trading.Journal;

/// <summary>Makes headers, and engines of what they say.</summary>
internal static class HeaderFactory
{
    public static string Program { get; } =
        typeof(HeaderFactory).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion
        ?? "unknown";

    public static JournalHeader Make(string session, EngineSettings settings, EngineRules rules, long segment, in Now now)
    {
        ArrayBufferWriter<byte> ofSettings = new();
        StateGraph.Save(settings, ofSettings);
        ArrayBufferWriter<byte> ofRules = new();
        StateGraph.Write(rules, ofRules);
        return new JournalHeader
        {
            Layout = JournalFormat.Layout,
            Program = Program,
            Segment = segment,
            Lane = settings.Lane,
            Session = session,
            ConfigId = rules.ConfigId,
            Began = now,
            Mode = settings.Mode,
            Symbols = rules.Symbols,
            Strategies =
            [
                .. (settings.Strategies?.Assignments ?? []).Select(a =>
                    $"{a.Strategy.Name} {a.Strategy.Version} {string.Join(',', a.Symbols)}"
                ),
            ],
            Settings = ofSettings.WrittenMemory,
            Rules = ofRules.WrittenMemory,
        };
    }

    /// <exception cref="InvalidDataException">They are of another layout.</exception>
    public static EngineSettings Settings(JournalHeader header, StrategyBook? strategies)
    {
        EngineSettings settings = new() { Lane = header.Lane };
        StateGraph.Load(settings, header.Settings.Span);
        return settings with { Strategies = strategies };
    }

    /// <exception cref="InvalidDataException">They are of another layout.</exception>
    public static EngineRules Rules(JournalHeader header) => StateGraph.Read<EngineRules>(header.Rules.Span);
}
