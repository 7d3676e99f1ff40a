namespace Toil.Integration.Tests.Grid;

/// <summary>
/// A folder that several machines share by way of sshfs, each with caches of its own: names, sizes and removals are seen late, absent names stay absent
/// for a while, nobody's locks keep others out, and nothing can be linked to the machine's own disk. No network is needed: each mount has a server
/// process of its own, and the folder behind them is one.
/// </summary>
internal sealed class SharedFolder : IDisposable
{
    private const int LateSeconds = 3;
    private static readonly string[] Servers = ["/usr/lib/openssh/sftp-server", "/usr/libexec/openssh/sftp-server", "/usr/lib/ssh/sftp-server"];

    private readonly Scratch _scratch;
    private readonly string _server;
    private readonly List<(MountNamespace Mounts, WorkflowProcess Client)> _machines = [];

    private SharedFolder(Scratch scratch, string server)
    {
        _scratch = scratch;
        _server = server;
        Directory.CreateDirectory(scratch["disk"]);
        Directory.CreateDirectory(Place);
    }

    /// <summary>Where every machine has it.</summary>
    public string Place => _scratch["shared"];

    /// <summary>Makes one, or skips the test with the reason why it can't.</summary>
    public static SharedFolder Make(Scratch scratch)
    {
        var server = Array.Find(Servers, File.Exists);
        Assert.SkipUnless(ClusterScript.IsInstalled("sshfs") && server is not null, "sshfs isn't installed here (packages sshfs and openssh-sftp-server).");
        Assert.SkipUnless(File.Exists("/dev/fuse"), "There is no /dev/fuse here.");
        var command = scratch["sftp"];
        File.WriteAllText(command, $"#!/bin/sh\nexec {server}\n");
        File.SetUnixFileMode(command, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        return new SharedFolder(scratch, command);
    }

    /// <summary>One more machine that has it.</summary>
    public async Task<MountNamespace> JoinAsync()
    {
        var mounts = await MountNamespace.OpenAsync();
        var late = string.Join(',', new[] { "dcache", "entry", "attr", "negative" }.Select(what => $"{what}_timeout={LateSeconds}"));
        // direct_io: to sshfs a file's two names are two files, each with pages of its own; on the file systems of clusters they are one.
        var client = mounts.Start(_scratch, "sshfs", ["-f", "-o", $"ssh_command={_server},direct_io,{late}", $"machine:{_scratch["disk"]}", Place]);
        _machines.Add((mounts, client));
        while (true)
        {
            using var check = mounts.Start(_scratch, "mountpoint", ["-q", Place]);
            if ((await check.WaitAsync()).Code == 0)
            {
                return mounts;
            }

            Assert.False(client.HasExited, $"sshfs has ended: {client.Error}");
        }
    }

    public void Dispose()
    {
        foreach (var (mounts, client) in _machines)
        {
            client.Dispose();
            mounts.Dispose();
        }
    }
}
