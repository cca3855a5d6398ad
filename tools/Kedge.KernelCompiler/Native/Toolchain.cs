using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Kedge.KernelCompiler.Native;

/// <summary>The compilers of the C file: clang for the CPU and for LLVM's intermediate language, llc from that to PTX.</summary>
/// <param name="Clang">Path of clang.</param>
/// <param name="Llc">Path of llc, of the same version where there is a choice.</param>
public sealed record Toolchain(string Clang, string Llc)
{
    /// <summary>What to do where it is missing.</summary>
    public const string HowToInstall = "clang and llc were not found (Debian: apt-get install clang llvm)";

    /// <summary>Strict arithmetic: every operation rounds for itself, integers wrap, memory is what it is.</summary>
    private static readonly string[] Strict =
    [
        "-std=gnu11",
        "-O2",
        "-ffp-contract=off",
        "-fno-fast-math",
        "-fno-math-errno",
        "-fwrapv",
        "-fno-strict-aliasing",
        "-Wall",
        "-Wno-unused",
        "-Wno-parentheses-equality",
        "-Wno-overlength-strings",
    ];

    private static readonly string[] Suffixes = ["", .. Enumerable.Range(14, 8).Reverse().Select(version => $"-{version}")];

    /// <summary>Finds both on the path; null when one is missing, or when llc was built without the target of NVIDIA's cards.</summary>
    public static Toolchain? Find()
    {
        foreach (string suffix in Suffixes)
        {
            if (OnPath("clang" + suffix) is { } clang && OnPath("llc" + suffix) is { } llc && KnowsPtx(llc))
            {
                return new Toolchain(clang, llc);
            }
        }

        return null;
    }

    /// <summary>What clang says of itself, one line.</summary>
    public string Version() => Run(Clang, ["--version"]).Split('\n')[0].Trim();

    /// <summary>Compiles a C file to a shared library of this machine.</summary>
    /// <param name="source">The C file.</param>
    /// <param name="library">The library to write.</param>
    /// <param name="extra">More options; they come last.</param>
    /// <exception cref="ToolchainException">The compiler refused it.</exception>
    public void BuildLibrary(string source, string library, params string[] extra)
    {
        // Without the C library: the three functions clang may call (memcpy, memmove, memset) are in the process already.
        string[] shape = OperatingSystem.IsWindows() ? ["-shared"] : ["-shared", "-fPIC", "-nostdlib", "-fvisibility=hidden"];
        Run(Clang, [.. Strict, "-Werror", .. shape, .. extra, "-o", library, source]);
    }

    /// <summary>Compiles a C file to PTX, and checks every floating-point operation in it.</summary>
    /// <param name="source">The C file.</param>
    /// <param name="ptx">The PTX to write, its first line a comment with the compiler's version; on the way, LLVM's intermediate language beside it.</param>
    /// <param name="grids">Names of the functions that run over a grid.</param>
    /// <exception cref="ToolchainException">A compiler refused it, or <see cref="PtxGate"/> found an operation that may round differently.</exception>
    public void BuildPtx(string source, string ptx, IReadOnlyList<string> grids)
    {
        string code = Path.ChangeExtension(ptx, ".ll");
        string made = ptx + ".new";
        Run(
            Clang,
            [.. Strict, "-ffreestanding", "--target=nvptx64-nvidia-cuda", "-march=sm_80", "-S", "-emit-llvm", "-o", code, source]
        );
        File.WriteAllText(code, DeviceCode.Prepare(File.ReadAllText(code), grids));
        Run(Llc, ["-O2", "-march=nvptx64", "-mcpu=sm_80", "--fp-contract=off", "-o", made, code]);
        string text = File.ReadAllText(made);
        IReadOnlyList<string> faults = PtxGate.Check(text, grids);
        if (faults.Count > 0)
        {
            throw new ToolchainException($"{made}: {string.Join("; ", faults.Take(10))}");
        }

        File.WriteAllText(ptx, $"// {Version()}\n{text}");
        File.Delete(made);
    }

    private static bool KnowsPtx(string llc) => Run(llc, ["--version"]).Contains("nvptx64", StringComparison.Ordinal);

    private static string? OnPath(string program)
    {
        string name = RuntimeInformation.IsOSPlatform(OSPlatform.Windows) ? program + ".exe" : program;
        return (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, name))
            .FirstOrDefault(File.Exists);
    }

    /// <summary>Runs a program and returns what it wrote.</summary>
    private static string Run(string program, string[] arguments)
    {
        ProcessStartInfo start = new(program, arguments)
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        using Process process = Process.Start(start) ?? throw new ToolchainException($"{program} did not start");
        Task<string> written = process.StandardOutput.ReadToEndAsync();
        string said = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? written.GetAwaiter().GetResult()
            : throw new ToolchainException($"{program} ended with {process.ExitCode}: {said.Trim()}");
    }
}
