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

    /// <summary>The directories of attempts whose agents are dead.</summary>
    public IEnumerable<string> Abandoned() => Exists
        ? Directory.EnumerateDirectories(_root).Where(IsAbandoned).SelectMany(Directory.EnumerateDirectories).Order(StringComparer.Ordinal).ToList()
        : [];

    /// <summary>Removes an attempt's directory, and those above it that are empty then.</summary>
    public static void Remove(string directory)
    {
        Directory.Delete(directory, recursive: true);
        RemoveIfEmpty(Path.GetDirectoryName(directory)!);
    }

    private static bool IsAbandoned(string agent) => AgentIdentity.Parse($"-/{Path.GetFileName(agent)}/-") is not { IsAlive: true };

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
