namespace Kedge.Architecture.Tests;

/// <summary>Kernel and Model neither wait, nor ask the time, nor touch the machine; and nobody but a driver asks the time.</summary>
public sealed class PurityTests
{
    private static readonly string[] ImpureNamespaces =
    [
        "System.Diagnostics.",
        "System.IO.",
        "System.Net.",
        "System.Threading.",
        "System.Security.Cryptography.RandomNumberGenerator",
    ];

    private static readonly HashSet<string> ImpureTypes = new(StringComparer.Ordinal)
    {
        "System.Console",
        "System.Environment",
        "System.Random",
        "System.TimeProvider",
        "System.Runtime.CompilerServices.AsyncStateMachineAttribute",
    };

    /// <summary>Attributes and exceptions live in those namespaces too and do nothing.</summary>
    private static readonly HashSet<string> Harmless = new(StringComparer.Ordinal)
    {
        "System.Diagnostics.CodeAnalysis.SetsRequiredMembersAttribute",
        "System.Diagnostics.CodeAnalysis.NotNullWhenAttribute",
        "System.Diagnostics.CodeAnalysis.MaybeNullWhenAttribute",
        "System.Diagnostics.CodeAnalysis.DoesNotReturnAttribute",
        "System.Diagnostics.CodeAnalysis.UnscopedRefAttribute",
        "System.Diagnostics.DebuggableAttribute",
        "System.Diagnostics.DebuggableAttribute+DebuggingModes",
        "System.Diagnostics.DebuggerBrowsableAttribute",
        "System.Diagnostics.DebuggerBrowsableState",
        "System.Diagnostics.DebuggerHiddenAttribute",
        "System.Diagnostics.UnreachableException",
    };

    /// <summary>Members that read the machine's clock.</summary>
    private static readonly HashSet<(string, string)> Clock =
    [
        ("System.DateTime", "get_Now"),
        ("System.DateTime", "get_UtcNow"),
        ("System.DateTime", "get_Today"),
        ("System.DateTimeOffset", "get_Now"),
        ("System.DateTimeOffset", "get_UtcNow"),
        ("System.Environment", "get_TickCount"),
        ("System.Environment", "get_TickCount64"),
        ("System.Diagnostics.Stopwatch", "StartNew"),
        ("System.Diagnostics.Stopwatch", ".ctor"),
        ("System.Diagnostics.Stopwatch", "GetTimestamp"),
        ("System.TimeProvider", "get_System"),
        ("System.TimeProvider", "GetUtcNow"),
        ("System.TimeProvider", "GetLocalNow"),
        ("System.TimeProvider", "GetTimestamp"),
    ];

    /// <summary>Types outside the command line that own a clock. Adding one is a design decision: say why here.</summary>
    private static readonly HashSet<string> Drivers = new(StringComparer.Ordinal)
    {
        // The default clock of the two hosts; whoever makes them may give another.
        "Kedge.Exchange.Hosting.GatewayHostOptions",
        "Kedge.Venues.Hyperliquid.Hosting.VenueHostOptions",
        "Kedge.Trading.Engine.Hosting.EngineHostOptions",
        "Kedge.Data.Feed.FeedService",
        "Kedge.Data.Feed.FeedServiceOptions",
        "Kedge.Data.Feed.Quotes.QuoteRecorder",
        "Kedge.Data.Hub.MarketDataHub",
        "Kedge.Data.Hub.MarketDataHubOptions",
        "Kedge.Data.Feed.Serving.FeedClientOptions",
        "Kedge.Data.Feed.Serving.FeedClient",
        "Kedge.Data.Feed.Serving.FeedSocketServerOptions",
        "Kedge.Data.Feed.Serving.FeedSocketServer",
        // They own the clocks of the machines they drive.
        "Kedge.Exchange.Hosting.VenueClock",
        "Kedge.Exchange.Hosting.DelayLine",
        "Kedge.Venues.Hyperliquid.Hosting.HyperliquidVenue",
        "Kedge.Trading.Engine.Hosting.EngineHost",
    };

    public static TheoryData<string> ProductProjects => ArrowTests.ProductProjects;

    [Theory]
    [InlineData("Kedge.Kernel")]
    [InlineData("Kedge.Model")]
    public void Pure_projects_do_not_name_the_machine(string project)
    {
        List<string> named =
        [
            .. Product
                .TypesNamed(project)
                .Where(type =>
                    !Harmless.Contains(type)
                    && (
                        ImpureTypes.Contains(type)
                        || ImpureNamespaces.Any(part => type.StartsWith(part, StringComparison.Ordinal))
                    )
                ),
        ];
        Assert.True(
            named.Count == 0,
            $"{project} is pure and names {string.Join(", ", named)}. Act at the edges: move it to a driver."
        );
    }

    [Theory]
    [MemberData(nameof(ProductProjects))]
    public void Only_drivers_ask_the_time(string project)
    {
        if (!File.Exists(Product.AssemblyPath(project)))
        {
            Assert.Skip($"{project} has no program yet.");
        }

        List<string> asked =
        [
            .. Product
                .MembersUsed(project)
                .Where(use => Clock.Contains((use.Type, use.Member)) && !MayAsk(project, use))
                .Select(use => $"{use.User} uses {use.Type}.{use.Member}")
                .Distinct(StringComparer.Ordinal),
        ];
        Assert.True(
            asked.Count == 0,
            string.Join('\n', asked) + "\nOnly a driver may ask the time, through TimeProvider. Take the time as an argument."
        );
    }

    [Fact]
    public void The_check_sees_a_clock_where_there_is_one() =>
        Assert.Contains(
            Product.MembersUsed("Kedge.Architecture.Tests"),
            use => use.User == typeof(PurityTests).FullName && Clock.Contains((use.Type, use.Member))
        );

    /// <summary>The planted use that <see cref="The_check_sees_a_clock_where_there_is_one"/> looks for.</summary>
    internal static long PlantedClock() => TimeProvider.System.GetTimestamp();

    private static bool MayAsk(string project, MemberUse use) =>
        (project == "Kedge.Cli" && use.Type is "System.TimeProvider" or "System.Diagnostics.Stopwatch")
        || Drivers.Contains(use.User);
}
