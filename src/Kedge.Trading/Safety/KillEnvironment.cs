using Kedge.Trading.Risk;

namespace Kedge.Trading.Safety;

/// <summary>Reads <c>AI_QUANT_KILL_SWITCH</c>, its mode, and <c>AI_QUANT_HARD_KILL_SWITCH</c>. Pure functions of their text.</summary>
public static class KillEnvironment
{
    /// <summary>Variable of the kill switch.</summary>
    public const string SwitchVariable = "AI_QUANT_KILL_SWITCH";

    /// <summary>Variable of its mode.</summary>
    public const string ModeVariable = "AI_QUANT_KILL_SWITCH_MODE";

    /// <summary>Variable of the hard kill switch.</summary>
    public const string HardVariable = "AI_QUANT_HARD_KILL_SWITCH";

    /// <summary>Variable that names the kill file.</summary>
    public const string FileVariable = "AI_QUANT_KILL_SWITCH_FILE";

    /// <summary>What the kill switch says. A word that nobody knows stops entries and is called out.</summary>
    public static KillInput Parse(string? text, string? modeText)
    {
        if (text is null || KillWords.IsNo(text))
        {
            return new KillInput.Nothing();
        }

        if (KillWords.IsYes(text))
        {
            return Mode(modeText);
        }

        if (KillWords.TryStop(text, out KillMode? mode))
        {
            return new KillInput.Stop(mode.Value, $"env: {SwitchVariable}={text.Trim()}");
        }

        if (KillWords.IsResume(text))
        {
            return new KillInput.Nothing(
                new RiskAlert(
                    "kill_env_lifts_nothing",
                    $"{SwitchVariable}={text.Trim()} lifts no latch; lift each by a command, by its name"
                )
            );
        }

        return Unknown(SwitchVariable, text);
    }

    /// <summary>What the hard kill switch says.</summary>
    public static KillInput ParseHard(string? text)
    {
        if (text is null || KillWords.IsNo(text))
        {
            return new KillInput.Nothing();
        }

        return KillWords.IsYes(text) || (KillWords.TryStop(text, out KillMode? mode) && mode == KillMode.HardKill)
            ? new KillInput.Stop(KillMode.HardKill, $"env: {HardVariable}={text.Trim()}")
            : Unknown(HardVariable, text);
    }

    private static KillInput.Stop Mode(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return new KillInput.Stop(KillMode.CloseOnly, $"env: {SwitchVariable}");
        }

        return KillWords.TryStop(text, out KillMode? mode)
            ? new KillInput.Stop(mode.Value, $"env: {ModeVariable}={text.Trim()}")
            : Unknown(ModeVariable, text);
    }

    private static KillInput.Stop Unknown(string variable, string text) =>
        new(
            KillMode.CloseOnly,
            $"env: {variable} holds an unknown word",
            new RiskAlert(
                "kill_env_unknown",
                $"{variable}={Shown(text)} is not understood: close_only is latched; use close_only, halt_all or 0"
            )
        );

    private static string Shown(string text) => text.Length <= 40 ? text.Trim() : text[..40].Trim() + "…";
}
