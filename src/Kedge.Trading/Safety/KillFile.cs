using System.Text.Json;
using Kedge.Trading.Risk;

namespace Kedge.Trading.Safety;

/// <summary>
/// Reads the kill file: one word of a closed list, or one JSON object with a command. A pure function of the text. Content that is not understood stops
/// entries and is called out; nothing but a command with an id and a name lifts anything, and a file that is gone lifts nothing.
/// </summary>
public static class KillFile
{
    private const string Example =
        """{"action":"clear","latch":"file","operator":"ann","id":"2026-01-31-1","reason":"checked"}""";

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 4 };

    /// <summary>What the file says.</summary>
    /// <param name="text">Its content; null when there is no file.</param>
    /// <param name="error">Why it could not be read; null when it could.</param>
    public static KillInput Parse(string? text, string? error)
    {
        if (error is not null)
        {
            return Unknown($"cannot be read: {error}");
        }

        if (text is null)
        {
            return new KillInput.Nothing();
        }

        string content = text.Trim();
        if (content.Length == 0)
        {
            return new KillInput.Stop(KillMode.CloseOnly, "file: it is there, and empty");
        }

        if (content.Length > KillSwitchReading.MaxFileChars)
        {
            return Unknown($"holds more than {KillSwitchReading.MaxFileChars} characters");
        }

        if (content[0] == '{')
        {
            return ParseObject(content);
        }

        if (KillWords.TryStop(content, out KillMode? mode))
        {
            return new KillInput.Stop(mode.Value, $"file: {content}");
        }

        if (KillWords.IsYes(content))
        {
            return new KillInput.Stop(KillMode.CloseOnly, $"file: {content}");
        }

        return KillWords.IsResume(content) || KillWords.IsNo(content)
            ? new KillInput.Nothing(
                new RiskAlert("kill_file_lifts_nothing", $"the kill file says '{content}', which lifts nothing; write {Example}")
            )
            : Unknown("holds no word and no command that is known");
    }

    private static KillInput ParseObject(string content)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(content, Strict);
            return Command(document.RootElement);
        }
        catch (JsonException)
        {
            return Unknown("holds broken JSON");
        }
    }

    private static KillInput Command(JsonElement root)
    {
        Dictionary<string, string> texts = new(StringComparer.Ordinal);
        bool confirmed = false;
        foreach (JsonProperty property in root.EnumerateObject())
        {
            bool isFlag = string.Equals(property.Name, "confirm", StringComparison.Ordinal);
            if (isFlag && property.Value.ValueKind is JsonValueKind.True or JsonValueKind.False)
            {
                confirmed = property.Value.ValueKind == JsonValueKind.True;
            }
            else if (
                isFlag
                || property.Value.ValueKind != JsonValueKind.String
                || !IsKnown(property.Name)
                || !texts.TryAdd(property.Name, property.Value.GetString()!.Trim())
            )
            {
                return Unknown($"holds a command whose '{property.Name}' is unknown, repeated or of the wrong type");
            }
        }

        string who = texts.GetValueOrDefault("operator", string.Empty);
        string id = texts.GetValueOrDefault("id", string.Empty);
        if (who.Length == 0 || id.Length == 0)
        {
            return Unknown("holds a command without operator or id");
        }

        string latch = texts.GetValueOrDefault("latch", KillKeys.File);
        string reason = texts.GetValueOrDefault("reason", "by file");
        string modeText = texts.GetValueOrDefault("mode", string.Empty);
        switch (texts.GetValueOrDefault("action", string.Empty))
        {
            case "clear" when modeText.Length == 0 && latch.Length > 0:
                return new KillInput.Order(new KillCommand(id, who, reason, KillMode.Off, latch, confirmed));
            case "kill"
                when string.Equals(latch, KillKeys.File, StringComparison.Ordinal) && TryMode(modeText, out KillMode mode):
                return new KillInput.Order(new KillCommand(id, who, reason, mode, latch, confirmed));
            default:
                return Unknown("holds a command that is neither 'clear' of a latch nor 'kill' with a known mode");
        }
    }

    private static bool IsKnown(string name) => name is "action" or "mode" or "latch" or "operator" or "id" or "reason" or "at";

    private static bool TryMode(string text, out KillMode mode) => KillModes.TryParse(text, out mode) && mode != KillMode.Off;

    private static KillInput.Stop Unknown(string what) =>
        new(
            KillMode.CloseOnly,
            $"file: {what}",
            new RiskAlert(
                "kill_file_unknown",
                $"the kill file {what}: close_only is latched; write close_only or halt_all, or to lift a latch {Example}"
            )
        );
}
