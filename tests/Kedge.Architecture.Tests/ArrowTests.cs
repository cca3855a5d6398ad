using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Xml.Linq;

namespace Kedge.Architecture.Tests;

/// <summary>Which project may refer to which. The list is the picture in ARCHITECTURE.md; a new arrow is a design decision.</summary>
public sealed class ArrowTests
{
    /// <summary>Every arrow that must be there once both ends exist.</summary>
    private static readonly Dictionary<string, string[]> Arrows = new(StringComparer.Ordinal)
    {
        ["Kedge.Kernel"] = [],
        ["Kedge.Crypto"] = [],
        ["Kedge.Model"] = ["Kedge.Kernel"],
        ["Kedge.Configuration"] = ["Kedge.Model", "Kedge.Kernel"],
        ["Kedge.Data"] = ["Kedge.Model"],
        ["Kedge.Venues"] = ["Kedge.Model", "Kedge.Kernel", "Kedge.Crypto"],
        ["Kedge.Exchange"] = ["Kedge.Model", "Kedge.Crypto"],
        ["Kedge.Trading"] = ["Kedge.Model", "Kedge.Kernel", "Kedge.Configuration"],
        ["Kedge.Research"] = ["Kedge.Model", "Kedge.Kernel", "Kedge.Configuration", "Kedge.Data"],
        ["Kedge.Simulation"] = ["Kedge.Exchange", "Kedge.Venues", "Kedge.Data", "Kedge.Model"],
        ["Kedge.Factory"] = ["Kedge.Research"],
    };

    /// <summary>Arrows that may be there, for one part of the project only.</summary>
    private static readonly Dictionary<string, string[]> Narrow = new(StringComparer.Ordinal)
    {
        // Replay and audit alone: the engine on candles, and sessions of it.
        ["Kedge.Research"] = ["Kedge.Trading"],
        // Scenarios alone, as they come: scheduler and network know nothing of what runs on them.
        ["Kedge.Simulation"] = ["Kedge.Trading"],
    };

    /// <summary>Programs: composition roots may refer to anything, and nothing may refer to them.</summary>
    private static readonly HashSet<string> Roots = new(StringComparer.Ordinal) { "Kedge.Cli" };

    public static TheoryData<string> ProductProjects => [.. Repository.Projects("src").Keys.Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(ProductProjects))]
    public void Project_references_are_the_arrows_of_the_design(string project)
    {
        string[] actual = References(Repository.Projects("src")[project]);
        Assert.DoesNotContain(actual, Roots.Contains);
        if (Roots.Contains(project))
        {
            return;
        }

        Assert.True(
            Arrows.ContainsKey(project),
            $"{project} is a new project: a new part of the house is a design decision. Name it and its arrows in ARCHITECTURE.md and here."
        );
        HashSet<string> existing = [.. Repository.Projects("src").Keys];
        string[] missing = [.. Arrows[project].Where(existing.Contains).Except(actual, StringComparer.Ordinal)];
        string[] added =
        [
            .. actual
                .Except(Arrows[project], StringComparer.Ordinal)
                .Except(Narrow.GetValueOrDefault(project, []), StringComparer.Ordinal),
        ];
        Assert.True(
            added.Length == 0,
            $"{project} → {string.Join(", ", added)}: a new arrow is a design decision, not a convenience. Decide it in ARCHITECTURE.md first."
        );
        Assert.True(
            missing.Length == 0,
            $"{project} → {string.Join(", ", missing)} is drawn in ARCHITECTURE.md but is not there."
        );
    }

    [Theory]
    [MemberData(nameof(ProductProjects))]
    public void Assembly_references_follow_the_arrows(string project)
    {
        if (Roots.Contains(project))
        {
            return;
        }

        HashSet<string> allowed = Reach(project);
        string[] added =
        [
            .. ReferencedAssemblies(project)
                .Where(name => name.StartsWith("Kedge.", StringComparison.Ordinal) && !allowed.Contains(name)),
        ];
        Assert.True(
            added.Length == 0,
            $"The assembly {project} uses {string.Join(", ", added)}: a new arrow is a design decision, not a convenience."
        );
    }

    [Fact]
    public void The_kernel_refers_to_nothing_but_the_framework()
    {
        Assert.All(ReferencedAssemblies("Kedge.Kernel"), name => Assert.StartsWith("System.", name, StringComparison.Ordinal));
        XDocument project = XDocument.Load(Repository.Projects("src")["Kedge.Kernel"]);
        Assert.Empty(project.Descendants("PackageReference"));
    }

    [Fact]
    public void Every_project_is_in_the_solution()
    {
        string[] listed =
        [
            .. XDocument
                .Load(Path.Combine(Repository.Root, "Kedge.slnx"))
                .Descendants("Project")
                .Select(project => Path.GetFileNameWithoutExtension(project.Attribute("Path")!.Value)),
        ];
        string[] present = [.. new[] { "src", "tests", "bench", "tools" }.SelectMany(folder => Repository.Projects(folder).Keys)];
        Assert.Equal(present.Order(StringComparer.Ordinal), listed.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Tools_run_at_build_time_and_are_no_part_of_the_product()
    {
        foreach ((string project, string file) in Repository.Projects("src"))
        {
            string[] tools =
            [
                .. XDocument
                    .Load(file)
                    .Descendants("ProjectReference")
                    .Where(reference => reference.Attribute("Include")!.Value.Contains("tools/", StringComparison.Ordinal))
                    .Select(reference =>
                        IsBuildTime(reference)
                            ? Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value)
                            : "linked"
                    ),
            ];
            Assert.Equal(project == "Kedge.Research" ? ["Kedge.KernelCompiler"] : [], tools);
        }

        Assert.All(Repository.Projects("tools").Values, file => Assert.Empty(References(file)));
    }

    /// <summary>A reference that only says what is built first.</summary>
    private static bool IsBuildTime(XElement reference) =>
        string.Equals(reference.Attribute("ReferenceOutputAssembly")?.Value, "false", StringComparison.Ordinal);

    private static string[] References(string projectFile) =>
        [
            .. XDocument
                .Load(projectFile)
                .Descendants("ProjectReference")
                .Where(reference => !IsBuildTime(reference))
                .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value.Replace('\\', '/'))),
        ];

    /// <summary>The ends of a project's arrows and of theirs: types of a public surface are seen through an arrow.</summary>
    private static HashSet<string> Reach(string project)
    {
        HashSet<string> reach = new(StringComparer.Ordinal);
        Queue<string> open = new(Arrows.GetValueOrDefault(project, []).Concat(Narrow.GetValueOrDefault(project, [])));
        while (open.TryDequeue(out string? next))
        {
            if (reach.Add(next))
            {
                Array.ForEach(Arrows[next], open.Enqueue);
            }
        }

        return reach;
    }

    private static List<string> ReferencedAssemblies(string project)
    {
        using PEReader file = new(File.OpenRead(Product.AssemblyPath(project)));
        MetadataReader metadata = file.GetMetadataReader();
        return [.. metadata.AssemblyReferences.Select(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name))];
    }
}
