using System.Globalization;
using Toil.Files;
using Toil.JobStores;

namespace Toil.Agents;

/// <summary>
/// Where deferred actions stand until they have been run: <c>deferred/&lt;agent&gt;/&lt;attempt&gt;/&lt;number&gt;</c> in the
/// workflow's directory on the node. Most workflows never make it.
/// </summary>
/// <param name="workDirectory">The workflow's directory.</param>
internal readonly struct DeferredDirectory(string workDirectory)
{
    private const string Suffix = ".action";

    /// <summary>Stands between the name of an agent and that of a dead one whose actions it has taken.</summary>
    private const char Taken = '~';

    private readonly string _root = Path.Combine(workDirectory, "deferred");

    public bool Exists => Directory.Exists(_root);

    public string Of(AgentIdentity agent, AttemptId attempt) => Path.Combine(_root, agent.Instance, attempt.ToString());

    /// <summary>Adds an action to those of an attempt. When it returns, the action is on the disk.</summary>
    /// <returns>Its file, to be deleted when there is no need for it any more.</returns>
    /// <exception cref="ToilException">The disk doesn't take it.</exception>
    public string Add(AgentIdentity agent, DeferredAction action, int number)
    {
        var directory = Of(agent, action.Order.Attempt);
        var path = Path.Combine(directory, string.Create(CultureInfo.InvariantCulture, $"{number:D8}{Suffix}"));
        try
        {
            DurableDirectory.Create(directory);
            var draft = $"{path}~";
            File.WriteAllBytes(draft, action.Encode());
            DiskSync.Instance.SyncFile(draft);
            File.Move(draft, path);
            DurableDirectory.Sync(directory);
            return path;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw StorageFailure.From(failure, "keep a deferred action in", directory);
        }
    }

    /// <summary>The actions in an attempt's directory, the last registered first.</summary>
    public static IReadOnlyList<string> ActionsIn(string directory) =>
        Directory.Exists(directory) ? [.. Directory.EnumerateFiles(directory, $"*{Suffix}").OrderDescending(StringComparer.Ordinal)] : [];

    /// <summary>Takes what agents that have died left: of several that come for it, one gets it.</summary>
    /// <param name="taker">Whose it is from now on, until that one dies.</param>
    /// <returns>The directories of attempts.</returns>
    public IReadOnlyList<string> TakeAbandoned(AgentIdentity taker)
    {
        var root = _root;
        return Exists
            ? [.. Directory.EnumerateDirectories(_root).Where(IsAbandoned).Select(dead => Take(root, dead, taker)).OfType<string>().SelectMany(Directory.EnumerateDirectories).Order(StringComparer.Ordinal)]
            : [];
    }

    /// <summary>Removes an attempt's directory, and those above it that are empty then.</summary>
    public static void Remove(string directory)
    {
        Directory.Delete(directory, recursive: true);
        RemoveIfEmpty(Path.GetDirectoryName(directory)!);
    }

    private static bool IsAbandoned(string agent) => AgentIdentity.Parse($"-/{Path.GetFileName(agent).Split(Taken)[0]}/-") is not { IsAlive: true };

    /// <returns>Where it stands now; null when another was first.</returns>
    private static string? Take(string root, string dead, AgentIdentity taker)
    {
        var taken = Path.Combine(root, $"{taker.Instance}{Taken}{Path.GetFileName(dead).Split(Taken)[^1]}");
        try
        {
            Directory.Move(dead, taken);
            return taken;
        }
        catch (IOException) when (!Directory.Exists(dead))
        {
            return null;
        }
    }

    private static void RemoveIfEmpty(string directory)
    {
        try
        {
            Directory.Delete(directory);
            Directory.Delete(Path.GetDirectoryName(directory)!);
        }
        catch (IOException)
        {
            // Something else is in it.
        }
    }
}
