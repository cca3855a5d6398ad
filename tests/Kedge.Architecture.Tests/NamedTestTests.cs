using System.Text.RegularExpressions;

namespace Kedge.Architecture.Tests;

/// <summary>Pages that answer a fault with a test name one that is there.</summary>
public sealed partial class NamedTestTests
{
    [Theory]
    [InlineData("docs/concepts/what-cannot-happen.md", 59)]
    [InlineData("docs/concepts/risk.md", 20)]
    public void Every_row_of_a_table_of_faults_names_tests_that_exist_or_says_why_there_is_none(string page, int rows)
    {
        HashSet<string> tests = new(StringComparer.Ordinal);
        foreach (
            string file in Directory.EnumerateFiles(Path.Combine(Repository.Root, "tests"), "*.cs", SearchOption.AllDirectories)
        )
        {
            tests.UnionWith(Method().Matches(File.ReadAllText(file)).Select(m => m.Groups[1].Value));
        }

        string[][] faults =
        [
            .. File.ReadLines(Path.Combine(Repository.Root, page))
                .Where(line => Fault().IsMatch(line))
                .Select(line => line.Trim().Trim('|').Split('|', StringSplitOptions.TrimEntries)),
        ];
        Assert.Equal(rows, faults.Length);
        Assert.All(faults, f => Assert.Equal(4, f.Length));
        string[] missing =
        [
            .. faults.SelectMany(f => Name().Matches(f[3])).Select(m => m.Groups[1].Value).Where(n => !tests.Contains(n)),
        ];
        Assert.True(missing.Length == 0, $"{page} names tests that are not there: {string.Join(", ", missing)}");
        Assert.All(faults, f => Assert.True(Name().IsMatch(f[3]) || f[3] == "–", $"row {f[0]} names no test"));
    }

    [GeneratedRegex(@"public (?:async )?(?:void|Task) ([A-Z]\w+)\(")]
    private static partial Regex Method();

    [GeneratedRegex(@"^\| \d+ \|")]
    private static partial Regex Fault();

    [GeneratedRegex("`([A-Z][a-z]*_\\w+)`")]
    private static partial Regex Name();
}
