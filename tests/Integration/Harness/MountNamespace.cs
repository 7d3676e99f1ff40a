using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using Toil.Integration.Workflows;

namespace Toil.Integration.Tests;

/// <summary>Mounts of the test's own, which nothing else on the machine sees. They go with the process that holds them.</summary>
internal sealed class MountNamespace : IDisposable
{
    private readonly Process _holder;

    private MountNamespace(Process holder) => _holder = holder;

    /// <summary>The process that holds it, for <c>nsenter --target</c>.</summary>
    public string Target => _holder.Id.ToString(CultureInfo.InvariantCulture);

    /// <summary>Opens one, or skips the test with the reason why it can't.</summary>
    public static async Task<MountNamespace> OpenAsync()
    {
        var start = new ProcessStartInfo("unshare", ["--mount", "sh", "-c", "mount -t tmpfs -o size=64k tmpfs /mnt && umount /mnt && echo open && exec cat"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            var holder = Process.Start(start)!;
            if (await holder.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is null)
            {
                Assert.Skip($"File systems can't be mounted here: {(await holder.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken)).Trim()}");
            }

            return new MountNamespace(holder);
        }
        catch (Win32Exception missing)
        {
            Assert.Skip($"File systems can't be mounted here: {missing.Message}");
            throw;
        }
    }

    /// <summary>Puts an empty file system of that size on a directory.</summary>
    public async Task<string> MountAsync(Scratch scratch, string directory, int kilobytes)
    {
        Directory.CreateDirectory(directory);
        await RunAsync(scratch, "mount", "-t", "tmpfs", "-o", $"size={kilobytes}k,mode=700", "tmpfs", directory);
        return directory;
    }

    public Task ResizeAsync(Scratch scratch, string directory, int kilobytes) => RunAsync(scratch, "mount", "-o", $"remount,size={kilobytes}k", directory);

    /// <summary>What is opened from now on can't be written.</summary>
    public async Task MakeReadOnlyAsync(Scratch scratch, string directory)
    {
        await RunAsync(scratch, "mount", "--bind", directory, directory);
        await RunAsync(scratch, "mount", "-o", "remount,bind,ro", directory);
    }

    public Task MakeWritableAsync(Scratch scratch, string directory) => RunAsync(scratch, "umount", directory);

    /// <summary>Starts the tests' own workflow program where the mounts are seen.</summary>
    public WorkflowProcess Start(Scratch scratch, Shape shape, params string[] arguments) =>
        Start(scratch, WorkflowProcess.Program, WorkflowProcess.ArgumentsFor(scratch, shape, arguments));

    /// <summary>Starts any program where the mounts are seen.</summary>
    public WorkflowProcess Start(Scratch scratch, string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string?>? environment = null) =>
        WorkflowProcess.Start(scratch, "nsenter", ["--mount", "--target", Target, "--", program, .. arguments], environment);

    public async Task<WorkflowExit> RunAsync(Scratch scratch, Shape shape, params string[] arguments)
    {
        using var process = Start(scratch, shape, arguments);
        return await process.WaitAsync();
    }

    /// <returns>What it printed.</returns>
    public async Task<string> RunAsync(Scratch scratch, string program, params string[] arguments)
    {
        using var process = Start(scratch, program, arguments);
        var exit = await process.WaitAsync();
        Assert.True(exit.Code == 0, $"{program}: exit code {exit.Code}.\n{exit.Output}{exit.Error}");
        return exit.Output.TrimEnd();
    }

    public void Dispose()
    {
        _holder.StandardInput.Close();
        _holder.WaitForExit();
        _holder.Dispose();
    }
}
