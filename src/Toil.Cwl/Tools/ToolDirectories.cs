using Toil.Cwl.Files;

namespace Toil.Cwl.Tools;

/// <summary>The directories of a running tool: on this machine, and as the tool sees them.</summary>
/// <param name="Output">Its working directory, as it sees it.</param>
/// <param name="Temporary">For its temporary files, as it sees it.</param>
/// <param name="Inputs">Where its input files are, as it sees it.</param>
/// <param name="Root">The directory on this machine that holds all three.</param>
internal sealed record ToolDirectories(string Output, string Temporary, string Inputs, string Root)
{
    public string HostOutput { get; } = $"{Root}/out";

    public string HostTemporary { get; } = $"{Root}/tmp";

    public string HostInputs { get; } = $"{Root}/in";

    /// <summary>For a tool that runs on this machine.</summary>
    public static ToolDirectories OnHost(string root) => new($"{root}/out", $"{root}/tmp", $"{root}/in", root);

    /// <summary>For one in a container.</summary>
    public static ToolDirectories InContainer(string root, string? output) => new(output ?? "/var/spool/cwl", "/tmp", "/var/lib/cwl/inputs", root);

    /// <summary>Files and directories that a container sees at places of its own: where they are on this machine, and where it sees them.</summary>
    public List<(string Host, string Seen)> Others { get; } = [];

    private readonly List<(string Source, string Seen)> _shared = [];

    /// <summary>What a container sees in its output directory that isn't there: where it is on this machine, and where it is seen.</summary>
    public IReadOnlyList<(string Source, string Seen)> Shared => _shared;

    /// <summary>Has a container see a file or directory of this machine in its output directory: the thing itself, no copy.</summary>
    /// <param name="source">Where it is on this machine.</param>
    /// <param name="seen">Where the container sees it; nothing is there yet.</param>
    public void Share(string source, string seen)
    {
        var mountPoint = ToHost(seen)!;
        if (Directory.Exists(source))
        {
            Directory.CreateDirectory(mountPoint);
        }
        else
        {
            File.Create(mountPoint).Dispose();
        }

        _shared.Add((source, seen));
    }

    /// <summary>When the container has ended: leads from the places where it saw what it shared to where that is.</summary>
    public void LinkShared()
    {
        foreach (var (source, seen) in _shared)
        {
            var mountPoint = ToHost(seen)!;
            if (Directory.Exists(mountPoint))
            {
                Directory.Delete(mountPoint);
            }
            else
            {
                File.Delete(mountPoint);
            }

            File.CreateSymbolicLink(mountPoint, source);
        }
    }

    /// <returns>Null for a path that isn't in one of them.</returns>
    public string? ToHost(string path)
    {
        foreach (var (host, seen) in Others)
        {
            if (Translate(path, seen, host) is { } translated)
            {
                return translated;
            }
        }

        return Translate(path, Output, HostOutput) ?? Translate(path, Inputs, HostInputs) ?? Translate(path, Temporary, HostTemporary);
    }

    /// <returns>Null for a path outside of output and inputs.</returns>
    public string? ToSeen(string hostPath) => Translate(hostPath, HostOutput, Output) ?? Translate(hostPath, HostInputs, Inputs);

    private static string? Translate(string path, string from, string to) => FileNaming.IsInside(path, from) ? to + path[from.Length..] : null;
}
