using System.CommandLine;
using System.Text;
using Kedge.Model;
using Kedge.Research.Replay;
using Kedge.Research.Reports;

namespace Kedge.Cli.Commands;

/// <summary><c>kedge dump-indicators</c>: the indicators of one symbol as CSV.</summary>
internal static class DumpIndicatorsCommand
{
    public static Command Build()
    {
        Command command = new("dump-indicators", "Write the indicators of one symbol as CSV");
        RunOptions run = new(command);
        Option<string?> output = RunOptions.Text("--output", "File; standard output without it");
        Option<bool> full = RunOptions.Flag("--full", "All 35 fields with every digit");
        command.Options.Add(output);
        command.Options.Add(full);
        command.SetAction(parsed =>
        {
            ReplayRequest request = run.Read(parsed);
            if (request.Symbol is null)
            {
                throw KedgeException.Usage("dump-indicators needs --symbol NAME");
            }

            new ReplayOutputs { Fills = parsed.GetValue(output) }.Check(request);
            using ReplaySetup setup = ReplaySetup.Open(request, Interruption.Token);
            void Write(Stream stream)
            {
                using StreamWriter writer = new(
                    stream,
                    new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
                    1 << 16,
                    leaveOpen: true
                );
                IndicatorDump.Write(writer, setup.Input.Main.Bars(0), setup.Input.Parameters[0], parsed.GetValue(full));
            }

            if (parsed.GetValue(output) is { } path)
            {
                AtomicFile.Write(path, Write);
            }
            else
            {
                Terminal.Result(Write);
            }

            return 0;
        });
        return command;
    }
}
