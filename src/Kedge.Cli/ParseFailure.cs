using System.CommandLine;
using System.CommandLine.Parsing;

namespace Kedge.Cli;

/// <summary>What is wrong with a command line, in one line.</summary>
internal static class ParseFailure
{
    private const int MaxTypos = 2;

    /// <summary>The first problem, and where to read on.</summary>
    public static string Describe(ParseResult result) => $"{What(result)}; see '{PathOf(result.CommandResult)} --help'";

    /// <summary>Complains about a value that is empty text, as an unset variable of a script gives; null when there is none.</summary>
    public static string? EmptyValue(ParseResult result)
    {
        for (int i = 0; i < result.Tokens.Count; i++)
        {
            if (string.IsNullOrWhiteSpace(result.Tokens[i].Value))
            {
                string where =
                    i > 0 && result.Tokens[i - 1].Type == TokenType.Option ? result.Tokens[i - 1].Value : "an argument";
                return $"the value of {where} is empty; see '{PathOf(result.CommandResult)} --help'";
            }
        }

        return null;
    }

    private static string What(ParseResult result)
    {
        CommandResult here = result.CommandResult;
        string? stray = result.UnmatchedTokens.Count > 0 ? result.UnmatchedTokens[0] : null;
        if (stray is not null && stray.StartsWith('-') && stray.Length > 1)
        {
            return $"unknown option '{stray}'{Meant(stray, here.Command.Options.Where(o => !o.Hidden).Select(o => o.Name))}";
        }

        if (here.Command.Subcommands.Count > 0)
        {
            IEnumerable<string> verbs = here.Command.Subcommands.Select(c => c.Name);
            return stray is null
                ? $"'{PathOf(here)}' needs a command: {string.Join(", ", verbs)}"
                : $"unknown command '{stray}'{Meant(stray, verbs)}";
        }

        if (stray is not null)
        {
            return $"unexpected argument '{stray}'";
        }

        ParseError first = result.Errors[0];
        return first.SymbolResult switch
        {
            OptionResult { IdentifierToken: { } name, Tokens.Count: 0 } => $"{name.Value} needs a value",
            OptionResult { IdentifierToken: { } name, IdentifierTokenCount: > 1, Option.Arity.MaximumNumberOfValues: 1 } =>
                $"{name.Value} is given {((OptionResult)first.SymbolResult).IdentifierTokenCount} times",
            ArgumentResult { Tokens.Count: 0 } missing => $"'{PathOf(here)}' needs <{missing.Argument.Name}>",
            _ when first.Message.StartsWith("Required argument missing", StringComparison.Ordinal)
                    && here.Command.Arguments.Count > 0 => $"'{PathOf(here)}' needs <{here.Command.Arguments[0].Name}>",
            _ => first.Message.ReplaceLineEndings(" ").Replace("\t", "", StringComparison.Ordinal).TrimEnd('.'),
        };
    }

    private static string PathOf(CommandResult? command)
    {
        List<string> names = [];
        for (SymbolResult? at = command; at is not null; at = at.Parent)
        {
            if (at is CommandResult { Command: var c })
            {
                names.Insert(0, c is RootCommand ? "kedge" : c.Name);
            }
        }

        return string.Join(' ', names);
    }

    private static string Meant(string text, IEnumerable<string> known)
    {
        string? best = known.OrderBy(k => Typos(text, k)).FirstOrDefault(k => Typos(text, k) <= MaxTypos);
        return best is null ? "" : $", did you mean '{best}'?";
    }

    /// <summary>Letters to insert, delete, replace or swap with the next.</summary>
    private static int Typos(string a, string b)
    {
        int[,] d = new int[a.Length + 1, b.Length + 1];
        for (int i = 0; i <= a.Length; i++)
        {
            for (int j = 0; j <= b.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    d[i, j] = i + j;
                    continue;
                }

                int replace = d[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                d[i, j] = Math.Min(replace, 1 + Math.Min(d[i - 1, j], d[i, j - 1]));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    d[i, j] = Math.Min(d[i, j], 1 + d[i - 2, j - 2]);
                }
            }
        }

        return d[a.Length, b.Length];
    }
}
