using System.Globalization;

namespace Toil.Integration.Workflows;

/// <summary>Jobs that run containers, of images that hold the usual programs.</summary>
internal static class ContainerJobs
{
    private const string Image = "debian:stretch-slim";

    /// <returns>What containers have seen, a line for each.</returns>
    public static async Task<string> LookAround(JobContext job, Plan plan)
    {
        plan.Begin(job);
        var place = Directory.CreateDirectory(Path.Combine(job.TempDirectory, "place")).FullName;
        string[] seen =
        [
            await AskAsync(job, new ContainerRequest("bash:4.4", "-c", "echo entrypoint of the image")),
            await AskAsync(job, new ContainerRequest("bash:4.4", "another", "entrypoint") { Entrypoint = "echo" }),
            await AskAsync(job, Shell("pwd")) == job.TempDirectory ? "directory of the job" : "another directory",
            await AskAsync(job, Shell("pwd") with { WorkingDirectory = "/usr" }),
            await AskAsync(job, Shell("echo \"$GREETING\"; env | grep -c TOIL; true") with { Environment = new Dictionary<string, string> { ["GREETING"] = "two words" } }),
            await AskAsync(job, Shell("id -u; id -g")),
            await AskAsync(job, Shell("id -u; id -g") with { User = "65534:65534" }),
            await AskAsync(job, Shell("echo x 2> /dev/null > /seen/file || echo refused") with { Mounts = [new(place, "/seen", IsReadOnly: true)] }),
            await AskAsync(job, Shell("echo written > /seen/file; cat /seen/file") with { Mounts = [new(place, "/seen")] }),
            await File.ReadAllTextAsync(Path.Combine(place, "file")),
            await AskAsync(job, Shell("cat /sys/fs/cgroup/memory/memory.limit_in_bytes 2> /dev/null || cat /sys/fs/cgroup/memory.max") with { Memory = ByteSize.Parse("64Mi") }),
            await AskAsync(job, Shell("cat /sys/fs/cgroup/cpu/cpu.cfs_quota_us 2> /dev/null || cut -d ' ' -f 1 /sys/fs/cgroup/cpu.max") with { Cores = 0.5 }),
            await StreamAsync(job),
        ];
        return string.Join('\n', seen.Select(line => line.TrimEnd().Replace('\n', ' ')));
    }

    /// <returns>How a container's failure shows.</returns>
    public static async Task<string> Fail(JobContext job, Plan plan)
    {
        plan.Begin(job);
        try
        {
            await Container.RunAsync(job, Shell("echo its last words >&2; exit 7"));
            return "It succeeded.";
        }
        catch (ContainerFailedException failure)
        {
            return string.Create(CultureInfo.InvariantCulture, $"{failure.ExitCode}: {failure.ErrorTail}");
        }
    }

    /// <returns>What it had when that was enough.</returns>
    public static async Task<string> EatMemory(JobContext job, Plan plan)
    {
        plan.Begin(job);
        await Container.RunAsync(job, new ContainerRequest(Image, "python3", "-c", "bytearray(100 << 20)"));
        return $"{job.Requirements.Memory}";
    }

    /// <summary>Ends when the gate is open; until then its container doesn't.</summary>
    public static async Task<string> Wait(JobContext job, Plan plan)
    {
        var gate = new ContainerMount(Path.GetDirectoryName(plan.Gate)!, "/gate", IsReadOnly: true);
        await Container.RunAsync(
            job,
            Shell($"echo begun; until [ -e /gate/{Path.GetFileName(plan.Gate)} ]; do sleep 0.05; done") with { Mounts = [gate] },
            onOutput: _ => plan.Begin(job));
        return "waited";
    }

    private static ContainerRequest Shell(string script) => new(Image, "sh", "-c", script);

    private static async Task<string> AskAsync(JobContext job, ContainerRequest request)
    {
        var lines = new List<string>();
        await Container.RunAsync(job, request, onOutput: lines.Add);
        return string.Join('\n', lines);
    }

    /// <summary>The container goes on only when its first line has been heard.</summary>
    private static async Task<string> StreamAsync(JobContext job)
    {
        var lines = new List<string>();
        var heard = Path.Combine(job.TempDirectory, "heard");
        await Container.RunAsync(job, Shell($"echo first; until [ -e {heard} ]; do sleep 0.02; done; echo second"), onOutput: line =>
        {
            lines.Add(line);
            File.WriteAllText(heard, "");
        });
        return string.Join(' ', lines);
    }
}
