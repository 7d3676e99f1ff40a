using Toil.Containers;
using Toil.Cwl.Loading;
using Toil.Cwl.Model;
using Toil.Cwl.Tools;
using Toil.Files;
using Xunit;
using static Toil.Cwl.Tests.Tools.ToolWorld;

namespace Toil.Cwl.Tests.Tools;

/// <summary>Containers by a program that takes docker's command line, notes it, and runs the command on the host.</summary>
[Collection(nameof(ToolContainerTests))]
public class ToolContainerTests
{
    private const string FakeDocker = """
        #!/bin/bash
        printf '%s\n' "$*" >> "$FAKE_DOCKER/calls"
        case $1 in
        image) exec test -e "$FAKE_DOCKER/$(echo "$3" | tr /: __)" ;;
        pull) touch "$FAKE_DOCKER/$(echo "$2" | tr /: __)"; test "$2" != missing/image ;;
        build) cp "$3/Dockerfile" "$FAKE_DOCKER/recipe" ;;
        run)
          declare -A seen
          while [ $# -gt 0 ]; do
            case $1 in
            --mount) s=${2#*source=}; t=${2#*target=}; seen[${t%%,*}]=${s%%,*}; shift 2 ;;
            --workdir) cd "${seen[$2]}"; shift 2 ;;
            --env) export "$2"; shift 2 ;;
            --user|--name|--cpus|--memory) shift 2 ;;
            run|--*) shift ;;
            *) break ;;
            esac
          done
          shift
          words=("$@")
          for i in "${!words[@]}"; do for t in "${!seen[@]}"; do
            case ${words[$i]} in $t/*) words[$i]=${seen[$t]}${words[$i]#$t}; break ;; esac
          done; done
          exec "${words[@]}" ;;
        esac
        """;

    private static readonly DockerRequirement Image = new() { Pull = "some/image:1", Position = Here };

    [Fact]
    public async Task Run_InAContainer_SeesItsOwnPathsAndNothingElse()
    {
        using var world = new ToolWorld();
        using var engine = new FakeEngine(world);
        var tool = Script("cat $0; echo $HOME $TMPDIR", OutputFile("out", "$(runtime.outdir)/o")) with
        {
            Stdout = Text("o"),
            Inputs = [Input("in", PrimitiveKind.File)],
            Arguments = [Argument("$(inputs.in.path)")],
            Requirements = [Image, new EnvVarRequirement { Variables = [("GREETING", Text("hello you"))], Position = Here }],
        };
        var outputs = await world.RunAsync(tool, Map(("in", await world.FileAsync("a.txt", "A\n"))), new ToolOptions { Container = ContainerChoice.Docker, StrictMemoryLimit = true, StrictCpuLimit = true });

        Assert.Equal("A\n/var/spool/cwl /tmp\n", world.Read(outputs["out"]));
        Assert.Equal(["image inspect some/image:1", "pull some/image:1"], engine.Calls[..2]);
        var run = engine.Calls[2];
        Assert.Contains("target=/var/lib/cwl/inputs,readonly", run, StringComparison.Ordinal);
        Assert.Contains("--network=none", run, StringComparison.Ordinal);
        Assert.Contains("--read-only=true", run, StringComparison.Ordinal);
        Assert.Contains("--env GREETING=hello you", run, StringComparison.Ordinal);
        Assert.Contains($"--user {Ids.User()}:{Ids.Group()}", run, StringComparison.Ordinal);
        Assert.Contains("--cpus 1 --memory 268435456b", run, StringComparison.Ordinal);
        Assert.EndsWith(" some/image:1 sh -c cat $0; echo $HOME $TMPDIR /var/lib/cwl/inputs/0/a.txt", run, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_NetworkAndVersionAndUser_DecideWhatTheContainerMay()
    {
        using var world = new ToolWorld();
        using var engine = new FakeEngine(world);
        var tool = Script("true") with { Requirements = [Image] };
        var options = new ToolOptions { Container = ContainerChoice.Docker, MatchUser = false };
        await world.RunAsync(tool with { Requirements = [Image, new NetworkAccessRequirement { Enable = true, Position = Here }] }, null, options);
        await world.RunAsync(tool with { Version = CwlVersion.V1_0 }, null, options);
        foreach (var run in engine.Calls.Where(call => call.StartsWith("run ", StringComparison.Ordinal)))
        {
            Assert.DoesNotContain("--network", run, StringComparison.Ordinal);
            Assert.DoesNotContain("--user", run, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Run_AbsoluteEntryName_IsSeenThere()
    {
        using var world = new ToolWorld();
        using var engine = new FakeEngine(world);
        var listing = new InitialWorkDirRequirement { Listing = new List<object?> { new Dirent(Text("/opt/tool/config"), Text("c=1"), false) }, Position = Here };
        var tool = Script("true") with { Requirements = [Image, listing] };
        await world.RunAsync(tool, null, new ToolOptions { Container = ContainerChoice.Docker });
        Assert.Contains("target=/opt/tool/config", engine.Calls[^1], StringComparison.Ordinal);
        await Assert.ThrowsAsync<CwlException>(() => world.RunAsync(tool with { Requirements = [listing], Hints = [Image] }, null, new ToolOptions { Container = ContainerChoice.Docker }));
    }

    [Fact]
    public async Task Run_Dockerfile_IsBuiltOnce()
    {
        using var world = new ToolWorld();
        using var engine = new FakeEngine(world);
        var tool = Script("true") with { Requirements = [new DockerRequirement { File = $"FROM nothing\n# {Guid.NewGuid()}\n", Position = Here }] };
        await world.RunAsync(tool, null, new ToolOptions { Container = ContainerChoice.Docker });
        await world.RunAsync(tool, null, new ToolOptions { Container = ContainerChoice.Docker });
        Assert.Single(engine.Calls, call => call.StartsWith("build --tag=toil-cwl:", StringComparison.Ordinal));
        Assert.StartsWith("FROM nothing", File.ReadAllText(world["docker/recipe"]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_ImageThatCantBePulled_SaysWhich()
    {
        using var world = new ToolWorld();
        using var engine = new FakeEngine(world);
        var tool = Script("true") with { Requirements = [Image with { Pull = "missing/image" }] };
        var error = await Assert.ThrowsAsync<ToilException>(() => world.RunAsync(tool, null, new ToolOptions { Container = ContainerChoice.Docker }));
        Assert.Contains("Can't pull the image 'missing/image'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_WithoutAnEngine_ARequirementFailsAndAHintIsLeftOut()
    {
        using var world = new ToolWorld();
        using var engine = new FakeEngine(world, isInstalled: false);
        var tool = Script("echo hi", OutputFile("out", "o")) with { Stdout = Text("o") };
        var options = new ToolOptions { Container = ContainerChoice.Docker };
        var error = await Assert.ThrowsAsync<UnsupportedRequirementException>(() => world.RunAsync(tool with { Requirements = [Image] }, null, options));
        Assert.Contains("--no-container", error.Message, StringComparison.Ordinal);
        Assert.Equal("hi\n", world.Read((await world.RunAsync(tool with { Hints = [Image] }, null, options))["out"]));
        Assert.Contains(world.Logged, message => message.Contains("runs without the container", StringComparison.Ordinal));
        await Assert.ThrowsAsync<UnsupportedRequirementException>(() => world.RunAsync(tool with { Requirements = [Image] }, null, new ToolOptions { Container = ContainerChoice.None }));
    }

    [Fact]
    public void CommandOf_Singularity_BindsTheSamePlaces()
    {
        using var world = new ToolWorld();
        var request = new ContainerRequest("/images/x.sif", "-c", "echo") { Entrypoint = "sh", WorkingDirectory = "/var/spool/cwl", Mounts = [new ContainerMount(world["in"], "/var/lib/cwl/inputs", IsReadOnly: true)] };
        Assert.Contains($"{world["in"]}:/var/lib/cwl/inputs:ro", new SingularityEngine().Run("n", request));
    }

    /// <summary>Puts a docker of our own, or none, on the search path of this process.</summary>
    private sealed class FakeEngine : IDisposable
    {
        private readonly string _directory;
        private readonly string? _path = Environment.GetEnvironmentVariable("PATH");

        public FakeEngine(ToolWorld world, bool isInstalled = true)
        {
            _directory = Directory.CreateDirectory(world["docker"]).FullName;
            if (isInstalled)
            {
                var program = Path.Combine(_directory, "docker");
                File.WriteAllText(program, FakeDocker);
                FileModes.Set(program, FileModes.Owned(executable: true));
            }

            // The tools themselves must still be found, real engines not.
            foreach (var name in new[] { "sh", "bash", "cat", "tr", "touch", "test", "cp" })
            {
                File.CreateSymbolicLink(Path.Combine(_directory, name), File.Exists($"/bin/{name}") ? $"/bin/{name}" : $"/usr/bin/{name}");
            }

            Environment.SetEnvironmentVariable("PATH", _directory);
            Environment.SetEnvironmentVariable("FAKE_DOCKER", _directory);
        }

        public string[] Calls => File.ReadAllLines(Path.Combine(_directory, "calls"));

        public void Dispose()
        {
            Environment.SetEnvironmentVariable("PATH", _path);
            Environment.SetEnvironmentVariable("FAKE_DOCKER", null);
        }
    }
}

/// <summary>The search path belongs to the whole process.</summary>
[CollectionDefinition(nameof(ToolContainerTests), DisableParallelization = true)]
public class ToolContainerCollection;
