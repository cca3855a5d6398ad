namespace Kedge.Trading.Safety;

/// <summary>Names of the modes.</summary>
public static class KillModes
{
    /// <summary>The name as ledger, alerts and configuration write it.</summary>
    public static string Name(this KillMode mode) =>
        mode switch
        {
            KillMode.Off => "off",
            KillMode.CloseOnly => "close_only",
            KillMode.HaltAll => "halt_all",
            KillMode.HardKill => "hard_kill",
            _ => throw new ArgumentOutOfRangeException(nameof(mode), mode, "There is no such mode."),
        };

    /// <summary>The mode of a name; false when there is none.</summary>
    public static bool TryParse(string name, out KillMode mode)
    {
        for (mode = KillMode.Off; mode <= KillMode.HardKill; mode++)
        {
            if (string.Equals(name, mode.Name(), StringComparison.Ordinal))
            {
                return true;
            }
        }

        mode = KillMode.Off;
        return false;
    }
}
