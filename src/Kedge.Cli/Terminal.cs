using Kedge.Model;

namespace Kedge.Cli;

/// <summary>What a person sees. Everything human goes to standard error; standard output carries only results.</summary>
public static class Terminal
{
    /// <summary>Whether standard error takes colour.</summary>
    public static bool Colour { get; } =
        !Console.IsErrorRedirected && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));

    /// <summary>One line about a failure.</summary>
    public static void Error(string message) =>
        Console.Error.WriteLine(Colour ? $"\u001b[31mkedge: {message}\u001b[0m" : $"kedge: {message}");

    /// <summary>One line for a person.</summary>
    public static void Say(string message) => Console.Error.WriteLine(message);

    /// <summary>A progress line that overwrites itself; null when standard error is not a terminal or silence was asked for.</summary>
    public static Action<double>? Progress(string what, bool quiet)
    {
        if (quiet || Console.IsErrorRedirected)
        {
            return null;
        }

        int shown = -1;
        return fraction =>
        {
            int percent = (int)(fraction * 100.0);
            if (percent == shown)
            {
                return;
            }

            shown = percent;
            Console.Error.Write(percent >= 100 ? "\r\u001b[K" : $"\r{what} {percent, 3} %");
        };
    }

    /// <summary>Writes a result to standard output; a closed pipe ends quietly.</summary>
    public static void Result(Action<Stream> write)
    {
        using Stream output = Console.OpenStandardOutput();
        try
        {
            using BufferedStream buffered = new(output, 1 << 16);
            write(buffered);
        }
        catch (IOException e)
        {
            throw KedgeException.Environment("standard output cannot be written (closed pipe or full disk)", e);
        }
    }
}
