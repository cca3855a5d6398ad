namespace Kedge.Cli.Tests;

/// <summary>Runs a bad command line and looks at everything it must not do.</summary>
internal static class BadInput
{
    /// <summary>One line on standard error that names what is wrong, the exit code, nothing on standard output, nothing new in the folder.</summary>
    public static Outcome Check(string source, int code, string words, params string[] arguments) =>
        Check(source, new Dictionary<string, string>(StringComparer.Ordinal), code, words, arguments);

    /// <summary>The same with variables of its own.</summary>
    public static Outcome Check(
        string source,
        IReadOnlyDictionary<string, string> environment,
        int code,
        string words,
        string[] arguments
    )
    {
        using TempFolder folder = new TempFolder().Fill(source);
        IReadOnlyList<string> before = folder.Snapshot();
        Outcome outcome = KedgeProgram.Run(folder.Path, environment, arguments);
        Assert.True(outcome.Code == code, $"expected exit {code}\n{outcome}");
        Assert.Equal("", outcome.Out);
        string line = Assert.Single(outcome.ErrorLines);
        Assert.StartsWith("kedge: ", line, StringComparison.Ordinal);
        foreach (string word in words.Split('|'))
        {
            Assert.Contains(word, line, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("   at ", outcome.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("System.", outcome.Error, StringComparison.Ordinal);
        Assert.Equal(before, folder.Snapshot());
        return outcome;
    }

    /// <summary>Splits a command line at spaces; nothing in these tests needs quotes.</summary>
    public static string[] Split(string line) => line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
