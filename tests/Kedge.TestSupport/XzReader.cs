using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace Kedge.TestSupport;

/// <summary>Reads xz files through the <c>xz</c> program: the framework has no decoder, and only tests need one.</summary>
public static class XzReader
{
    /// <summary>Whether the program can be run here.</summary>
    public static bool IsAvailable { get; } = Probe();

    /// <summary>Unpacks a text file into memory.</summary>
    public static TextReader Open(string path)
    {
        using Process process = Start("-dc", path);
        string text = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? new StringReader(text)
            : throw new InvalidDataException($"xz cannot unpack {path}: exit code {process.ExitCode}");
    }

    private static bool Probe()
    {
        try
        {
            using Process process = Start("--version");
            process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }

    private static Process Start(params string[] arguments)
    {
        ProcessStartInfo start = new("xz", arguments)
        {
            RedirectStandardOutput = true,
            StandardOutputEncoding = Encoding.UTF8,
            UseShellExecute = false,
        };
        return Process.Start(start) ?? throw new InvalidOperationException("xz did not start");
    }
}
