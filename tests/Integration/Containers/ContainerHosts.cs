namespace Toil.Tests.Containers;

/// <summary>The container engines that tests share, each started when it is first wanted.</summary>
public sealed class ContainerHosts : IAsyncDisposable
{
    /// <summary>All that the conformance suites ask for.</summary>
    private static readonly string[] Images =
    [
        "alpine", "bash:4.4.12", "debian:stretch-slim", "docker.io/alpine:latest", "docker.io/bash:4.4", "docker.io/debian:stable-slim",
        "docker.io/python:3-slim", "python:2-slim", "python:2.7.15-alpine3.7", "python:3",
    ];

    private readonly Lazy<Task<ContainerHost>> _docker = new(() => ContainerHost.StartAsync(ContainerHost.Docker, Images));
    private readonly Lazy<Task<ContainerHost>> _podman = new(() => ContainerHost.StartAsync(ContainerHost.Podman, Images));

    internal Task<ContainerHost> DockerAsync() => _docker.Value;

    internal Task<ContainerHost> PodmanAsync() => _podman.Value;

    /// <summary>For tests of one engine: skips those where it can't be started.</summary>
    internal async Task<ContainerHost> NeedAsync(string engine)
    {
        var host = await (engine == ContainerHost.Docker ? DockerAsync() : PodmanAsync());
        Assert.SkipWhen(host.Problem is not null, host.Problem ?? "");
        return host;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var host in new[] { _docker, _podman }.Where(host => host.IsValueCreated))
        {
            await (await host.Value).DisposeAsync();
        }
    }
}
