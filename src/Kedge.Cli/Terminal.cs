using System.Text;
using Kedge.Model;

namespace Kedge.Cli;

/// <summary>What a person sees. Everything human goes to standard error; standard output carries only results.</summary>
public static class Terminal
{
    private const string ClearLine = "\r\u001b[K";
    private static bool _progressShown;

    /// <summary>Whether standard error takes colour.</summary>
    public static bool Colour { get; } =
        !Console.IsErrorRedirected
        && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"))
        && !string.Equals(Environment.GetEnvironmentVariable("TERM"), "dumb", StringComparison.Ordinal);

    /// <summary>A failure: one line for each line of the message.</summary>
    public static void Error(string message)
    {
        ArgumentNullException.ThrowIfNull(message);
        foreach (string line in message.ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            Say(Colour ? $"\u001b[31mkedge: {line}\u001b[0m" : $"kedge: {line}");
        }
    }

    /// <summary>One line for a person.</summary>
    public static void Say(string message) => Human(error => error.WriteLine(message));

    /// <summary>Writes for a person; a standard error that cannot be written is no failure of the run.</summary>
    public static void Human(Action<TextWriter> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        try
        {
            if (_progressShown)
            {
                _progressShown = false;
                Console.Error.Write(ClearLine);
            }

            write(Console.Error);
        }
        catch (IOException)
        {
            // Nobody can be told.
        }
    }

    /// <summary>
    /// Told how far the work is: stops it after Ctrl-C, and shows a line that overwrites itself unless standard error is no terminal or
    /// silence was asked for.
    /// </summary>
    public static Action<double> Progress(string what, bool quiet)
    {
        bool visible = !quiet && !Console.IsErrorRedirected;
        int shown = -1;
        return fraction =>
        {
            Interruption.Token.ThrowIfCancellationRequested();
            int percent = (int)(fraction * 100.0);
            if (!visible || percent == shown)
            {
                return;
            }

            shown = percent;
            _progressShown = percent < 100;
            Console.Error.Write(percent >= 100 ? ClearLine : $"\r{what} {percent, 3} %");
        };
    }

    /// <summary>A line that the next one overwrites.</summary>
    public static void Status(string line)
    {
        try
        {
            _progressShown = true;
            Console.Error.Write(ClearLine + line);
        }
        catch (IOException)
        {
            // Nobody can be told.
        }
    }

    /// <summary>Writes a result to standard output; a closed pipe ends quietly.</summary>
    public static void Result(Action<Stream> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        using Stream output = Console.OpenStandardOutput();
        try
        {
            using BufferedStream buffered = new(output, 1 << 16);
            write(buffered);
        }
        catch (IOException e)
        {
            throw KedgeException.Environment(
                "standard output cannot be written; free some space where it goes, or send it elsewhere",
                e
            );
        }
    }

    /// <summary>Writes a result as text to standard output.</summary>
    public static void ResultText(Action<TextWriter> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        Result(stream =>
        {
            using StreamWriter writer = new(
                stream,
                new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
                1 << 14,
                leaveOpen: true
            );
            write(writer);
        });
    }
}
