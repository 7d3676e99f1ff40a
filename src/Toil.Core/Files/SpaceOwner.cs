using System.Globalization;
using Toil.Agents;
using Toil.JobStores;

namespace Toil.Files;

/// <summary>The agent that a directory belongs to, as the end of the directory's name tells it: <c>boot.namespace.process.start</c>.</summary>
internal static class SpaceOwner
{
    /// <summary>The kernel's boot and process namespace: process numbers mean nothing in others.</summary>
    private static readonly string Place = $"{HostProcesses.Current.BootId.Split('-')[0]}.{new string([.. HostProcesses.Current.ProcessNamespace.Where(char.IsAsciiDigit)])}";

    /// <summary>This process.</summary>
    public static string Own { get; } = $"{Place}.{AgentIdentity.Own("").Instance}";

    /// <summary>Whether the owner lives.</summary>
    /// <param name="path">The directory.</param>
    /// <returns>Null when it can't be told from here: it is of another host, boot or container.</returns>
    public static bool? IsAlive(string path)
    {
        var owner = path[(path.LastIndexOf('-') + 1)..];
        return owner.StartsWith($"{Place}.", StringComparison.Ordinal) && owner[(Place.Length + 1)..].Split('.') is [var process, var started]
            && int.TryParse(process, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            && long.TryParse(started, NumberStyles.None, CultureInfo.InvariantCulture, out var start) && start > 0
                ? new AgentIdentity("", id, start).IsAlive
                : null;
    }
}
