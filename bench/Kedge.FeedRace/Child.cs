using System.Diagnostics;
using System.Globalization;

namespace Kedge.FeedRace;

/// <summary>A side of the race in a process of its own. It answers each line it is sent by one.</summary>
internal sealed class Child : IDisposable
{
    private readonly Process _process;

    public Child(params string[] arguments)
    {
        ProcessStartInfo start = new(Environment.ProcessPath!)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
        {
            start.ArgumentList.Add(Environment.GetCommandLineArgs()[0]);
        }

        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        _process = Process.Start(start) ?? throw new InvalidOperationException("A side of the race did not start.");
    }

    /// <summary>Numbers of the next line.</summary>
    public double[] Read() =>
        [
            .. (_process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("A side of the race has ended."))
                .Split(' ')
                .Select(n => double.Parse(n, CultureInfo.InvariantCulture)),
        ];

    public double[] Ask(string what)
    {
        _process.StandardInput.WriteLine(what);
        return Read();
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        if (!_process.WaitForExit(10_000))
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    /// <summary>The child's own side: answers until there are no more questions.</summary>
    public static void Answer(Func<string, double[]> answer)
    {
        while (Console.ReadLine() is { } line)
        {
            Console.WriteLine(string.Join(' ', answer(line).Select(n => n.ToString("R", CultureInfo.InvariantCulture))));
        }
    }

    /// <summary>CPU seconds so far, resident MiB, MiB allocated so far, MiB the collector holds.</summary>
    public static double[] Usage()
    {
        using Process self = Process.GetCurrentProcess();
        return
        [
            self.TotalProcessorTime.TotalSeconds,
            self.WorkingSet64 / 1048576.0,
            GC.GetTotalAllocatedBytes(precise: false) / 1048576.0,
            GC.GetGCMemoryInfo().TotalCommittedBytes / 1048576.0,
        ];
    }
}
