using k8s;
using k8s.Models;

namespace Kedge.Cli.Tests.Deploy;

/// <summary>The manifests of <c>deploy/kubernetes</c> are what Kubernetes takes, and their commands do what a local run does.</summary>
public sealed class KubernetesTests(BadFolder bad) : IClassFixture<BadFolder>
{
    private const string Search = "--sweep-spec sweep.yaml --config good.yaml --candles-db candles_1h.db --lookback 30";

    [Fact]
    public void Every_field_of_the_manifests_is_one_that_kubernetes_knows()
    {
        V1Job sweep = Load<V1Job>("sweep-job.yaml");
        V1Job merge = Load<V1Job>("merge-job.yaml");
        V1PersistentVolumeClaim volume = Load<V1PersistentVolumeClaim>("volume.yaml");
        Assert.Equal("Indexed", sweep.Spec.CompletionMode);
        Assert.Equal(sweep.Spec.Completions.ToString(), Environment(sweep)["SHARDS"]);
        Assert.All(
            new[] { sweep, merge },
            job =>
            {
                V1PodSpec pod = job.Spec.Template.Spec;
                V1Container container = Assert.Single(pod.Containers);
                Assert.Equal("batch/v1", job.ApiVersion);
                // A policy for failed pods is refused with any other.
                Assert.Equal("Never", pod.RestartPolicy);
                Assert.All(
                    job.Spec.PodFailurePolicy.Rules.Where(r => r.OnExitCodes is not null),
                    r => Assert.Equal(container.Name, r.OnExitCodes.ContainerName)
                );
                Assert.Equal(container.VolumeMounts.Select(m => m.Name), pod.Volumes.Select(v => v.Name));
                Assert.Equal(volume.Metadata.Name, pod.Volumes[0].PersistentVolumeClaim.ClaimName);
                Assert.Equal(container.WorkingDir, container.VolumeMounts[0].MountPath);
                Assert.True(pod.SecurityContext.RunAsNonRoot);
                Assert.True(container.SecurityContext.ReadOnlyRootFilesystem);
            }
        );
    }

    [Fact]
    public void Pods_run_in_any_order_and_merged_give_the_bytes_of_a_local_run()
    {
        File.WriteAllText(
            Path.Combine(bad.Path, "sweep.yaml"),
            "axes:\n  - path: trade.sl_atr_mult\n    values: [1, 2, 3]\n  - path: indicators.adx_window\n    values: [10, 14]\n"
        );
        using TempFolder folder = new TempFolder().Fill(bad.Path);
        V1Job sweep = Load<V1Job>("sweep-job.yaml");
        V1Job merge = Load<V1Job>("merge-job.yaml");
        Assert.Equal(
            0,
            KedgeProgram.Run(folder.Path, [.. BadInput.Split("sweep run --output local.jsonl --quiet " + Search)]).Code
        );
        foreach (int index in new[] { 3, 0, 2, 1, 2 })
        {
            Outcome pod = Pod(folder, sweep, ("JOB_COMPLETION_INDEX", $"{index}"), ("SHARDS", "4"), ("SEARCH", Search));
            Assert.True(pod.Code == 0, pod.ToString());
        }

        Outcome merged = Pod(folder, merge);
        Assert.True(merged.Code == 0, merged.ToString());
        Assert.Equal(folder.Text("local.jsonl"), folder.Text("sweep_results.jsonl"));

        File.Delete(folder.At("shards/00002-of-00004.shard"));
        Outcome refused = Pod(folder, merge);
        int? mends = merge
            .Spec.PodFailurePolicy.Rules.SelectMany(r => r.OnExitCodes?.Values ?? [])
            .FirstOrDefault(c => c == refused.Code);
        Assert.Equal(1, mends);
        Outcome foreign = Pod(
            folder,
            sweep,
            ("JOB_COMPLETION_INDEX", "1"),
            ("SHARDS", "4"),
            ("SEARCH", Search + " --initial-balance 7")
        );
        Assert.Contains(foreign.Code, sweep.Spec.PodFailurePolicy.Rules.SelectMany(r => r.OnExitCodes?.Values ?? []));
    }

    /// <summary>The command of a container, in our folder and with the built program in its path.</summary>
    private static Outcome Pod(TempFolder folder, V1Job job, params (string Name, string Value)[] environment)
    {
        V1Container container = job.Spec.Template.Spec.Containers[0];
        File.WriteAllText(folder.At("kedge"), "#!/bin/sh\nexec $KEDGE \"$@\"\n");
        File.WriteAllText(
            folder.At("pod.sh"),
            $"chmod +x kedge; export KEDGE PATH=\"$PWD:$PATH\" {string.Join(' ', environment.Select(e => $"{e.Name}='{e.Value}'"))}\n"
                + string.Join(' ', container.Command.Select(w => "'" + w.Replace("'", "'\\''", StringComparison.Ordinal) + "'"))
                + "\n"
        );
        return KedgeProgram.Shell(folder.Path, ". ./pod.sh");
    }

    private static Dictionary<string, string> Environment(V1Job job) =>
        job.Spec.Template.Spec.Containers[0].Env.ToDictionary(e => e.Name, e => e.Value, StringComparer.Ordinal);

    private static T Load<T>(string name) =>
        Assert.IsType<T>(
            Assert.Single(
                KubernetesYaml.LoadAllFromString(
                    File.ReadAllText(Path.Combine(Root(), "deploy", "kubernetes", name)),
                    strict: true
                )
            )
        );

    private static string Root()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Kedge.slnx")))
        {
            folder = folder.Parent;
        }

        return folder!.FullName;
    }
}
