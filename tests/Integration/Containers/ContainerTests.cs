using Toil.Agents;
using Toil.Integration.Workflows;
using Toil.Tests.Containers;

[assembly: AssemblyFixture(typeof(ContainerHosts))]

namespace Toil.Integration.Tests.Containers;

/// <summary>Jobs that run containers with real engines.</summary>
public sealed class ContainerTests(ContainerHosts hosts)
{
    [Theory]
    [InlineData(ContainerHost.Docker)]
    [InlineData(ContainerHost.Podman)]
    public async Task Containers_AskedForEverything_SeeIt(string engine)
    {
        var host = await hosts.NeedAsync(engine);
        using var scratch = new Scratch();
        using var process = Start(scratch, host, Shape.Containers);
        Assert.Equal(
            [
                "entrypoint of the image", "another entrypoint", "directory of the job", "/usr", "two words 0", "0 0", "65534 65534",
                "refused", "written", "written", "67108864", "50000", "first second",
            ],
            (await process.WaitAsync()).ExpectOutput().Split('\n'));
        await ExpectNoContainersAsync(host);
    }

    [Theory]
    [InlineData(ContainerHost.Docker)]
    [InlineData(ContainerHost.Podman)]
    public async Task Container_Fails_TellsItsExitCodeAndErrorOutput(string engine)
    {
        var host = await hosts.NeedAsync(engine);
        using var scratch = new Scratch();
        using var process = Start(scratch, host, Shape.FailingContainer);
        Assert.Equal("7: its last words", (await process.WaitAsync()).ExpectOutput());
        await ExpectNoContainersAsync(host);
    }

    [Theory]
    [InlineData(ContainerHost.Docker)]
    [InlineData(ContainerHost.Podman)]
    public async Task Container_RunsOutOfMemory_RetryHasTwiceAsMuch(string engine)
    {
        var host = await hosts.NeedAsync(engine);
        using var scratch = new Scratch();
        using var process = Start(scratch, host, Shape.HungryContainer, "--defaultMemory", "80Mi", "--doubleMem");
        var exit = await process.WaitAsync();
        Assert.Equal("160 Mi", exit.ExpectOutput());
        Assert.Contains("the kernel ended it because memory ran out", exit.Error, StringComparison.Ordinal);
        Assert.Equal(2, scratch.Runs.Count);
    }

    [Theory]
    [InlineData(ContainerHost.Docker)]
    [InlineData(ContainerHost.Podman)]
    public async Task Worker_IsKilled_ContainerIsRemovedBeforeTheRetry(string engine)
    {
        var host = await hosts.NeedAsync(engine);
        using var scratch = new Scratch();
        using var process = Start(scratch, host, Shape.WaitingContainer);
        await scratch.Runs.WaitForAsync(1);
        var workflow = (await StoreView.StatusAsync(scratch)).Id;
        var first = Assert.Single(await ContainersAsync(host));
        _ = Libc.Kill(WorkflowProcesses.Of(workflow).Single(id => id != process.Id && IsWorker(id)), Libc.SigKill);
        await scratch.Runs.WaitForAsync(2);
        Assert.NotEqual(first, Assert.Single(await ContainersAsync(host)));
        scratch.OpenGate();
        Assert.Equal("waited", (await process.WaitAsync()).ExpectOutput());
        await ExpectNoContainersAsync(host);
    }

    [Theory]
    [InlineData(ContainerHost.Docker)]
    [InlineData(ContainerHost.Podman)]
    public async Task Leader_IsKilled_NextOneRemovesTheContainer(string engine)
    {
        var host = await hosts.NeedAsync(engine);
        using var scratch = new Scratch();
        using (var process = Start(scratch, host, Shape.WaitingContainer))
        {
            await scratch.Runs.WaitForAsync(1);
            await process.KillAsync();
        }

        var first = Assert.Single(await ContainersAsync(host));
        using var next = Start(scratch, host, Shape.WaitingContainer, "--restart");
        await scratch.Runs.WaitForAsync(2);
        Assert.NotEqual(first, Assert.Single(await ContainersAsync(host)));
        scratch.OpenGate();
        (await next.WaitAsync()).ExpectOutput();
        await ExpectNoContainersAsync(host);
        Assert.Empty(scratch.Leftovers());
    }

    [Theory]
    [InlineData(ContainerHost.Docker)]
    [InlineData(ContainerHost.Podman)]
    public async Task CwlRun_IsKilled_JanitorRemovesTheContainer(string engine)
    {
        var host = await hosts.NeedAsync(engine);
        using var scratch = new Scratch();
        using (var process = await StartToolAsync(scratch, host))
        {
            await process.KillAsync();
        }

        await Deadline.UntilAsync(() => ContainersAsync(host).Result.Length == 0, "the end of the container");
    }

    [Theory]
    [InlineData(ContainerHost.Docker)]
    [InlineData(ContainerHost.Podman)]
    public async Task CwlRunAndItsJanitor_AreKilled_NextRunRemovesTheContainer(string engine)
    {
        var host = await hosts.NeedAsync(engine);
        using var scratch = new Scratch();
        using (var process = await StartToolAsync(scratch, host))
        {
            _ = Libc.Kill(Assert.NotNull(WorkflowProcesses.JanitorOf(process.Id)), Libc.SigKill);
            await process.KillAsync();
        }

        Assert.Single(await ContainersAsync(host));
        using var next = StartCwl(scratch, host, "open", "--restart");
        (await next.WaitAsync()).ExpectOutput();
        await ExpectNoContainersAsync(host);
        Assert.Empty(Directory.EnumerateFileSystemEntries(scratch.WorkDirectory));
    }

    [Theory]
    [InlineData(ContainerHost.Docker)]
    [InlineData(ContainerHost.Podman)]
    public async Task CwlTool_TakesLongerThanItMay_ContainerIsRemoved(string engine)
    {
        var host = await hosts.NeedAsync(engine);
        using var scratch = new Scratch();
        using var process = await StartToolAsync(scratch, host, "ToolTimeLimit: {timelimit: 2}");
        var exit = await process.WaitAsync();
        Assert.Equal(1, exit.Code);
        Assert.Contains("longer than the 2 seconds of its ToolTimeLimit", exit.Error, StringComparison.Ordinal);
        await ExpectNoContainersAsync(host);
    }

    [Theory]
    [InlineData(ContainerHost.Docker)]
    [InlineData(ContainerHost.Podman)]
    public async Task CwlTool_RunsOutOfMemory_RetryHasTwiceAsMuch(string engine)
    {
        var host = await hosts.NeedAsync(engine);
        using var scratch = new Scratch();
        await File.WriteAllTextAsync(scratch["eat.cwl"], """
            cwlVersion: v1.2
            class: CommandLineTool
            requirements: {DockerRequirement: {dockerPull: 'python:3'}, ResourceRequirement: {ramMin: 80}}
            inputs: []
            outputs: {out: stdout}
            baseCommand: [python3, -c]
            arguments: ['bytearray(100 << 20); print($(runtime.ram))']
            stdout: out
            """, TestContext.Current.CancellationToken);
        using var process = StartCwl(scratch, host, "", "--defaultMemory", "80Mi", "--doubleMem", "--strict-memory-limit", "--clean", "never", "eat.cwl");
        var exit = await process.WaitAsync();
        exit.ExpectOutput();
        Assert.Contains("because memory ran out", exit.Error, StringComparison.Ordinal);
        Assert.Equal("160\n", await File.ReadAllTextAsync(scratch["out"], TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task CwlRun_IsStopped_ContainerIsRemoved()
    {
        var host = await hosts.NeedAsync(ContainerHost.Docker);
        using var scratch = new Scratch();
        using var process = await StartToolAsync(scratch, host);
        process.Signal(Libc.SigTerm);
        Assert.Equal(130, (await process.WaitAsync()).Code);
        await ExpectNoContainersAsync(host);
    }

    private static WorkflowProcess Start(Scratch scratch, ContainerHost host, Shape shape, params string[] arguments) =>
        WorkflowProcess.Start(scratch, shape, Variables(host), arguments);

    /// <summary>A tool of CWL whose container runs, and ends in a run that starts with an open gate only.</summary>
    private static async Task<WorkflowProcess> StartToolAsync(Scratch scratch, ContainerHost host, string requirement = "WorkReuse: {enableReuse: true}")
    {
        await File.WriteAllTextAsync(scratch["wait.cwl"], $$"""
            cwlVersion: v1.2
            class: CommandLineTool
            requirements: {DockerRequirement: {dockerPull: 'debian:stretch-slim'}, {{requirement}}}
            inputs: []
            outputs: []
            baseCommand: [sh, -c]
            arguments: ['[ "$GATE" = open ] || sleep 1000']
            """);
        var process = StartCwl(scratch, host, "closed", "--retryCount", "0", "--preserve-environment", "GATE", "wait.cwl");
        await Deadline.UntilAsync(() => process.HasExited || ContainersAsync(host).Result.Length > 0, "the container");
        return process;
    }

    private static WorkflowProcess StartCwl(Scratch scratch, ContainerHost host, string gate, params string[] arguments)
    {
        string[] engine = host.Engine == ContainerHost.Podman ? ["--podman"] : [];
        return WorkflowProcess.Start(
            scratch, WorkflowProcess.Toil, ["cwl", .. engine, "--jobStore", scratch.Store, "--workDir", scratch.WorkDirectory, .. arguments], new Dictionary<string, string?>(Variables(host)) { ["GATE"] = gate });
    }

    private static Dictionary<string, string?> Variables(ContainerHost host) => host.Environment.ToDictionary(variable => variable.Key, string? (variable) => variable.Value);

    private static async Task<string[]> ContainersAsync(ContainerHost host) =>
        (await host.AskAsync("ps", "--all", "--quiet", "--no-trunc")).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private static async Task ExpectNoContainersAsync(ContainerHost host) => Assert.Empty(await ContainersAsync(host));

    private static bool IsWorker(int id) => WorkflowProcesses.CommandLineOf(id).Contains("Workflows", StringComparison.Ordinal);
}
