using System.Diagnostics.CodeAnalysis;

namespace Kedge.Trading.Safety;

/// <summary>The closed list of words that environment and kill file may hold. A word is the whole text, never a part of it.</summary>
internal static class KillWords
{
    /// <summary>Mode of a word that stops.</summary>
    public static bool TryStop(string text, [NotNullWhen(true)] out KillMode? mode)
    {
        mode = Normal(text) switch
        {
            "close_only" or "close" or "pause" => KillMode.CloseOnly,
            "halt_all" or "halt" or "stop" or "full" => KillMode.HaltAll,
            "hard_kill" => KillMode.HardKill,
            _ => null,
        };
        return mode is not null;
    }

    /// <summary>Whether a text is one of the words for yes.</summary>
    public static bool IsYes(string text) => Normal(text) is "1" or "true" or "yes" or "y" or "on";

    /// <summary>Whether a text is one of the words for no.</summary>
    public static bool IsNo(string text) => Normal(text) is "0" or "false" or "no" or "n" or "off" or "";

    /// <summary>Whether a text is one of the words that once lifted every kill.</summary>
    public static bool IsResume(string text) => Normal(text) is "clear" or "resume" or "unpause" or "off";

    private static string Normal(string text) => text.Trim().ToLowerInvariant();
}
