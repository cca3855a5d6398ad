using Kedge.Data.Tests.Ledger;
using Xunit.MicrosoftTestingPlatform;
using Xunit.Runner.InProc.SystemConsole;

namespace Kedge.Data.Tests;

/// <summary>Runs the tests; with <c>ledger-writer</c>, the process that a test of theirs kills.</summary>
internal static class Program
{
    private static Task<int> Main(string[] args) =>
        args is ["ledger-writer", var folder] ? Task.FromResult(WriterProcess.Run(folder))
        : args.Any(a => a is "--server" or "--internal-msbuild-node")
            ? TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions)
        : ConsoleRunner.Run(args);
}
