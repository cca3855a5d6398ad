using System.CommandLine;
using System.Reflection;
using System.Text.RegularExpressions;

namespace Kedge.Architecture.Tests;

/// <summary>Documentation leads somewhere, and the page of the command line leaves nothing out.</summary>
public sealed partial class DocumentationTests
{
    private const string CommandLinePage = "docs/reference/command-line.md";

    [Fact]
    public void Relative_links_resolve()
    {
        List<string> broken = [];
        foreach (string file in Pages())
        {
            foreach (string link in Links(Read(file)))
            {
                string[] parts = link.Split('#', 2);
                string target = parts[0].Length == 0 ? file : Path.Combine(Path.GetDirectoryName(file)!, parts[0]);
                string path = Path.Combine(Repository.Root, target);
                bool exists = File.Exists(path) || Directory.Exists(path);
                if (!exists || (parts.Length == 2 && !Anchors(File.ReadAllText(path)).Contains(parts[1])))
                {
                    broken.Add($"{file}: {link}");
                }
            }
        }

        Assert.True(broken.Count == 0, "These links lead nowhere:\n" + string.Join('\n', broken));
    }

    [Fact]
    public void Every_page_stands_in_the_index()
    {
        string index = Read("docs/README.md");
        string scenarios = Read("docs/concepts/worked-scenarios.md");
        string[] missing =
        [
            .. Pages()
                .Select(page => page.Replace('\\', '/'))
                .Where(page => page.StartsWith("docs/", StringComparison.Ordinal) && page != "docs/README.md")
                .Where(page => !index.Contains($"({page["docs/".Length..]})", StringComparison.Ordinal))
                .Where(page => !scenarios.Contains($"(worked-scenarios/{Path.GetFileName(page)})", StringComparison.Ordinal)),
        ];
        Assert.True(missing.Length == 0, "Not in docs/README.md: " + string.Join(", ", missing));
    }

    [Fact]
    public void Service_units_call_the_command_as_it_is_and_are_watched()
    {
        string[] units = Directory.GetFiles(Path.Combine(Repository.Root, "deploy", "systemd"), "*.service");
        Assert.NotEmpty(units);
        foreach (string unit in units)
        {
            string[] lines = File.ReadAllLines(unit);
            string command = lines.Single(line => line.StartsWith("ExecStart=", StringComparison.Ordinal));
            string[] arguments =
            [
                .. command.Split(' ').Skip(1).Select(a => a.StartsWith("${", StringComparison.Ordinal) ? "BTC,ETH" : a),
            ];
            ParseResult parsed = Root().Parse(arguments);
            Assert.True(parsed.Errors.Count == 0, $"{unit}: {string.Join("; ", parsed.Errors)}");
            Assert.Contains("Type=notify", lines);

            // A passing fault must not end for good what looks after positions.
            Assert.Contains("StartLimitIntervalSec=0", lines);
            Assert.Contains(lines, line => line.StartsWith("WatchdogSec=", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Every_verb_and_option_stands_on_the_page_of_the_command_line()
    {
        string page = Read(CommandLinePage);
        List<string> missing = [];
        Walk(Root(), "kedge");
        Assert.True(missing.Count == 0, $"Not in {CommandLinePage}: " + string.Join(", ", missing));

        void Walk(Command command, string name)
        {
            foreach (
                Option option in command.Options.Where(o => o is not System.CommandLine.Help.HelpOption and not VersionOption)
            )
            {
                missing.AddRange(
                    option
                        .Aliases.Prepend(option.Name)
                        .Where(o => !page.Contains($"`{o}`", StringComparison.Ordinal))
                        .Select(o => $"{name} {o}")
                );
            }

            foreach (Command verb in command.Subcommands)
            {
                string full = $"{name} {verb.Name}";
                if (!page.Contains($"`{full}`", StringComparison.Ordinal))
                {
                    missing.Add(full);
                }

                Walk(verb, full);
            }
        }
    }

    private static RootCommand Root() =>
        (RootCommand)
            typeof(Cli.Program)
                .GetMethod("Build", BindingFlags.NonPublic | BindingFlags.Static)!
                .Invoke(null, [Array.Empty<string>()])!;

    private static IEnumerable<string> Pages() =>
        Repository
            .Files()
            .Where(file => Path.GetExtension(file) == ".md")
            .Where(file => !file.Contains(Path.DirectorySeparatorChar) || file.StartsWith("docs", StringComparison.Ordinal));

    private static string Read(string file) => File.ReadAllText(Path.Combine(Repository.Root, file));

    private static IEnumerable<string> Links(string text) =>
        Link()
            .Matches(Code().Replace(text, ""))
            .Select(match => match.Groups["target"].Value)
            .Where(target => !target.Contains("://", StringComparison.Ordinal));

    /// <summary>Headings as they are linked to: lower case, without punctuation, blanks as hyphens.</summary>
    private static HashSet<string> Anchors(string text) =>
        [
            .. Heading()
                .Matches(Code().Replace(text, ""))
                .Select(match =>
                    Punctuation().Replace(match.Groups["title"].Value.Trim().ToLowerInvariant(), "").Replace(' ', '-')
                ),
        ];

    [GeneratedRegex("""\]\((?<target>[^)\s]+)\)""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Link();

    [GeneratedRegex("""^#+ (?<title>.+)$""", RegexOptions.ExplicitCapture | RegexOptions.Multiline, 1000)]
    private static partial Regex Heading();

    [GeneratedRegex("""[^\w\- ]""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Punctuation();

    [GeneratedRegex("""^```.*?^```""", RegexOptions.ExplicitCapture | RegexOptions.Multiline | RegexOptions.Singleline, 1000)]
    private static partial Regex Code();
}
