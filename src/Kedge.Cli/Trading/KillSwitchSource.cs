using Kedge.Trading.Safety;

namespace Kedge.Cli.Trading;

/// <summary>Environment and kill file of this process.</summary>
internal sealed class KillSwitchSource : IKillSwitchSource
{
    private readonly Func<string, string?> _variable;

    /// <param name="variable">Value of a variable; null when it is not set.</param>
    public KillSwitchSource(Func<string, string?> variable)
    {
        _variable = variable;
        Path = variable(KillEnvironment.FileVariable) is { } path && !string.IsNullOrWhiteSpace(path) ? path.Trim() : null;
    }

    /// <summary>The kill file; null when none is named.</summary>
    public string? Path { get; }

    /// <inheritdoc/>
    public KillSwitchReading Read()
    {
        (string? file, string? error) = ReadFile();
        return new KillSwitchReading(
            _variable(KillEnvironment.SwitchVariable),
            _variable(KillEnvironment.ModeVariable),
            _variable(KillEnvironment.HardVariable),
            file,
            error
        );
    }

    private (string? File, string? Error) ReadFile()
    {
        if (Path is null)
        {
            return (null, null);
        }

        try
        {
            using FileStream stream = new(
                Path,
                FileMode.Open,
                FileAccess.Read,
                FileShare.ReadWrite | FileShare.Delete,
                bufferSize: 1
            );
            using StreamReader reader = new(stream);
            char[] text = new char[KillSwitchReading.MaxFileChars + 1];
            return (new string(text, 0, reader.ReadBlock(text)), null);
        }
        catch (FileNotFoundException)
        {
            return (null, null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A folder that is gone is no missing file: whoever named it wants it watched.
            return (null, e.Message);
        }
    }
}
