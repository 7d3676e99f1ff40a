using System.Globalization;
using Toil.Agents;
using Toil.JobStores;

namespace Toil.Files;

/// <summary>
/// A workflow's directory on one node, in which its attempts have theirs: <c>&lt;work directory&gt;/toil-&lt;workflow&gt;</c>. Agents without the
/// leader have their own beside it, whose names say whose they are.
/// </summary>
internal sealed class TempSpace
{
    private readonly string _workflow;

    private TempSpace(string path, string workflow) => (Directory, _workflow) = (path, workflow);

    public string Directory { get; }

    public static string PathOf(string workDirectory, Guid workflow) =>
        Path.Combine(Path.GetFullPath(workDirectory), string.Create(CultureInfo.InvariantCulture, $"toil-{workflow:N}"));

    /// <summary>Makes the directory, or takes up the one that is there: several agents of a workflow on a node share it.</summary>
    /// <exception cref="ToilException">It can't be made, or what is there belongs to somebody else.</exception>
    public static TempSpace Create(string workDirectory, Guid workflow)
    {
        var path = PathOf(workDirectory, workflow);
        MakeOwnDirectory(path);
        return new TempSpace(path, path);
    }

    /// <summary>Makes a directory beside the workflow's, for an agent that runs without the leader.</summary>
    /// <inheritdoc cref="Create" path="/exception"/>
    public static TempSpace CreateFor(string workDirectory, Guid workflow, string name)
    {
        var beside = PathOf(workDirectory, workflow);
        var path = $"{beside}-{name}-{SpaceOwner.Own}";
        MakeOwnDirectory(path);
        return new TempSpace(path, beside);
    }

    /// <summary>Makes a directory for this user alone, or takes up the one that is there.</summary>
    /// <inheritdoc cref="Create" path="/exception"/>
    public static void MakeOwnDirectory(string path)
    {
        try
        {
            FileModes.MakeDirectory(path);
            RefuseForeign(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw StorageFailure.From(failure, "make the directory", path);
        }
    }

    /// <summary>The directories of agents without the leader that have died on this node.</summary>
    /// <param name="workflow">The workflow's directory on the node.</param>
    public static IReadOnlyList<string> AbandonedBeside(string workflow) => [.. Beside(workflow).Where(path => SpaceOwner.IsAlive(path) == false)];

    /// <inheritdoc cref="AbandonedBeside"/>
    public IReadOnlyList<string> Abandoned() => AbandonedBeside(_workflow);

    /// <summary>Removes what agents have left, but for deferred actions: whoever runs them does it.</summary>
    /// <exception cref="ToilException">Something can't be removed.</exception>
    public static void RemoveAbandoned(IEnumerable<string> paths)
    {
        foreach (var path in paths.Where(path => !new DeferredDirectory(path).Exists))
        {
            TempTree.Remove(path);
        }
    }

    /// <summary>Removes it with all that jobs have left in it, and what agents without the leader have left beside it.</summary>
    /// <param name="kept">A directory in it that stays if there is something in it; null for none.</param>
    public void Remove(string? kept = null)
    {
        RemoveAbandoned(Beside(Directory).Where(path => SpaceOwner.IsAlive(path) != true));
        if (kept is null || !System.IO.Directory.Exists(kept) || !System.IO.Directory.EnumerateFileSystemEntries(kept).Any())
        {
            TempTree.Remove(Directory);
            return;
        }

        foreach (var entry in new DirectoryInfo(Directory).EnumerateFileSystemInfos().Where(entry => entry.FullName != kept))
        {
            if (entry is DirectoryInfo)
            {
                TempTree.Remove(entry.FullName);
            }
            else
            {
                entry.Delete();
            }
        }
    }

    private static IEnumerable<string> Beside(string workflow) =>
        System.IO.Directory.EnumerateDirectories(Path.GetDirectoryName(workflow)!, $"{Path.GetFileName(workflow)}-*");

    /// <summary>Work directories such as /tmp are open to all: somebody may have put a link or a directory of theirs there first.</summary>
    private static void RefuseForeign(string path)
    {
        if (new DirectoryInfo(path).LinkTarget is not null)
        {
            throw new ToilException($"{path} is a symbolic link, so it wasn't made by Toil. Remove it, or choose another work directory with --workDir.");
        }

        FileModes.Set(path, FileModes.PrivateDirectory);
    }
}
