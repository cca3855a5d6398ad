using System.Text.Json;
using Kedge.Cli.Hosting;
using Kedge.Exchange.Core;
using Kedge.Exchange.Gateways.Hyperliquid;
using Kedge.Exchange.Hosting;
using Kedge.Model;

namespace Kedge.Cli.Exchange;

/// <summary>Runs a simulated venue until it is stopped.</summary>
internal static class ExchangeRunner
{
    private static readonly TimeSpan StatusEvery = TimeSpan.FromSeconds(1);

    public static int Run(ExchangeRun run, bool json, bool quiet) => RunAsync(run, json, quiet).GetAwaiter().GetResult();

    private static async Task<int> RunAsync(ExchangeRun run, bool json, bool quiet)
    {
        long wallMs = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        SimulatedVenue venue = SimulatedVenue.Make(run, wallMs);
        await using LogFile? log = run.Log is { } path ? LogFile.Open(path) : null;
        GatewayHost host;
        try
        {
            host = await GatewayHost
                .StartAsync(
                    venue.Machine,
                    new GatewayHostOptions
                    {
                        Address = run.Listen,
                        Port = run.Port,
                        AdminPort = run.AdminPort,
                        Desk = venue.Desk,
                        Speed = run.Speed,
                        StartMs = venue.StartMs,
                        Inbound = run.Latency,
                        Outbound = run.Latency with { Seed = run.Latency.Seed + 1 },
                        Log = log is null
                            ? null
                            : entry => log.Write(new LogLine(entry.TimeMs, entry.Code, entry.Subject, entry.Detail)),
                    },
                    (now, effects) => venue.Begin(run, in now, effects)
                )
                .ConfigureAwait(false);
        }
        catch (IOException e)
        {
            throw KedgeException.Environment(
                $"the exchange cannot listen on port {run.Port} or {run.AdminPort}: {e.Message}; choose others with --port and --admin-port",
                e
            );
        }

        await using (host.ConfigureAwait(false))
        {
            Announce(run, venue, host, json, quiet);
            await WaitAsync(host, venue, quiet).ConfigureAwait(false);
            if (run.State is { } file)
            {
                byte[] state = await host.RunAsync((now, _) => venue.Save(now)).ConfigureAwait(false);
                StateFile.Write(file, state);
                if (!quiet)
                {
                    Terminal.Say($"saved to {file}");
                }
            }
        }

        return 0;
    }

    private static void Announce(ExchangeRun run, SimulatedVenue venue, GatewayHost host, bool json, bool quiet)
    {
        string symbols = string.Join(' ', venue.Core.Settings.Instruments.Select(i => i.Name));
        if (!quiet)
        {
            Terminal.Say($"Simulated Hyperliquid at {Plain(host.Url)} (REST and /ws), operator at {Plain(host.AdminUrl!)}");
            Terminal.Say($"Symbols   : {symbols}");
            Terminal.Say(venue.About);
            Terminal.Say(
                "Account   : kedge exchange account new" + (host.AdminUrl!.Port == 3_002 ? "" : $" --url {Plain(host.AdminUrl)}")
            );
            Terminal.Say(run.State is null ? "Ctrl-C ends it." : $"Ctrl-C saves to {run.State} and ends it.");
        }

        if (json)
        {
            Terminal.Result(stream =>
            {
                using Utf8JsonWriter writer = new(stream);
                writer.WriteStartObject();
                writer.WriteString("url", Plain(host.Url));
                writer.WriteString("ws", Plain(host.Url).Replace("http:", "ws:", StringComparison.Ordinal) + "/ws");
                writer.WriteString("admin", Plain(host.AdminUrl!));
                writer.WriteNumber("time_ms", venue.StartMs);
                writer.WriteString("network", run.Network.ToString().ToLowerInvariant());
                writer.WriteString("symbols", symbols);
                writer.WriteEndObject();
                writer.Flush();
                stream.Write("\n"u8);
            });
        }
    }

    private static async Task WaitAsync(GatewayHost host, SimulatedVenue venue, bool quiet)
    {
        TaskCompletionSource stop = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using CancellationTokenRegistration registration = Interruption.Token.Register(() => stop.TrySetResult());
        bool shows = !quiet && !Console.IsErrorRedirected;
        while (!stop.Task.IsCompleted)
        {
            Task ended = await Task.WhenAny(stop.Task, host.Ended, Task.Delay(StatusEvery)).ConfigureAwait(false);
            if (ended == host.Ended)
            {
                await host.Ended.ConfigureAwait(false);
                return;
            }

            if (shows)
            {
                long time = await host.RunAsync((now, _) => now.WallMs).ConfigureAwait(false);
                Terminal.Status(
                    $"{Timestamp.Show(time)} UTC · {host.Requests} requests · {host.Connections} connections · {venue.Refused} refused"
                );
            }
        }
    }

    private static string Plain(Uri url) => url.GetLeftPart(UriPartial.Authority);
}
