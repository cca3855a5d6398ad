using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Kedge.Architecture.Tests;

/// <summary>Builds are repeatable, and the project speaks of itself alone.</summary>
public sealed partial class HousekeepingTests
{
    private static readonly HashSet<string> Text = new(StringComparer.Ordinal)
    {
        "",
        ".cs",
        ".csproj",
        ".css",
        ".editorconfig",
        ".html",
        ".js",
        ".json",
        ".md",
        ".props",
        ".py",
        ".service",
        ".sh",
        ".slnx",
        ".sql",
        ".svelte",
        ".targets",
        ".timer",
        ".ts",
        ".txt",
        ".xml",
        ".yaml",
        ".yml",
    };

    [Fact]
    public void Every_project_has_a_lock_file()
    {
        string[] missing =
        [
            .. new[] { "src", "tests", "bench", "tools" }
                .SelectMany(folder => Repository.Projects(folder).Values)
                .Where(project => !File.Exists(Path.Combine(Path.GetDirectoryName(project)!, "packages.lock.json"))),
        ];
        Assert.True(missing.Length == 0, "No packages.lock.json beside " + string.Join(", ", missing));
    }

    [Fact]
    public void Planted_bugs_are_in_no_build_but_their_own()
    {
        foreach (string project in Repository.Projects("src").Keys)
        {
            string path = Product.AssemblyPath(project);
            if (File.Exists(path))
            {
                Assert.False(
                    File.ReadAllBytes(path).AsSpan().IndexOf("PlantedBug"u8) >= 0,
                    $"{project} knows of planted bugs in a build without -p:PlantedBugs=true"
                );
            }
        }
    }

    [Fact]
    public void Package_versions_are_exact_and_stand_in_one_file()
    {
        XDocument central = XDocument.Load(Path.Combine(Repository.Root, "Directory.Packages.props"));
        Assert.All(
            central.Descendants("PackageVersion"),
            package => Assert.Matches(ExactVersion(), package.Attribute("Version")!.Value)
        );
        foreach (string file in Repository.Files().Where(file => Path.GetExtension(file) is ".csproj" or ".targets"))
        {
            Assert.DoesNotContain(
                XDocument.Load(Path.Combine(Repository.Root, file)).Descendants("PackageReference"),
                package => package.Attribute("Version") is not null || package.Attribute("VersionOverride") is not null
            );
        }
    }

    [Fact]
    public void Web_dependencies_are_exact_and_locked()
    {
        foreach (string file in Repository.Files().Where(file => Path.GetFileName(file) == "package.json"))
        {
            string path = Path.Combine(Repository.Root, file);
            Assert.True(
                File.Exists(Path.Combine(Path.GetDirectoryName(path)!, "package-lock.json")),
                $"No package-lock.json beside {file}"
            );
            using JsonDocument package = JsonDocument.Parse(File.ReadAllText(path));
            foreach (string section in new[] { "dependencies", "devDependencies" })
            {
                if (package.RootElement.TryGetProperty(section, out JsonElement wanted))
                {
                    Assert.DoesNotMatch(FloatingWebVersion(), wanted.GetRawText());
                }
            }
        }
    }

    [Fact]
    public void Files_name_no_path_of_a_machine()
    {
        List<string> found = [];
        foreach (string file in Repository.Files().Where(file => Text.Contains(Path.GetExtension(file))))
        {
            int number = 0;
            foreach (string line in File.ReadLines(Path.Combine(Repository.Root, file)))
            {
                number++;
                if (MachinePath().IsMatch(line))
                {
                    found.Add($"{file}:{number}: {line.Trim()}");
                }
            }
        }

        Assert.True(found.Count == 0, string.Join('\n', found));
    }

    [GeneratedRegex("""^\d+\.\d+\.\d+(-[0-9A-Za-z.]+)?$""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ExactVersion();

    [GeneratedRegex("\"[^\"]+\"\\s*:\\s*\"(\\^|~|\\*|>|latest)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex FloatingWebVersion();

    [GeneratedRegex("""(?<![\w.\]])/(work|root|home/[a-z]+|Users/[A-Za-z]+)/""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex MachinePath();
}
