using System.Globalization;

namespace Toil.BatchSystems.Grid.Slurm;

/// <summary>What the cluster's nodes have: Slurm takes some requests that no node can ever meet, and lets them wait for good.</summary>
internal static class SlurmNodes
{
    private const string Format = "%c|%m|%d";

    /// <returns>The largest request that some node could meet; null when sinfo doesn't tell.</returns>
    public static async Task<Requirements?> LargestAsync(SchedulerClient client, ToilOptions options, Action<LogLevel, string> log)
    {
        if (client.Find("sinfo") is null)
        {
            return null;
        }

        try
        {
            return Parse(await client.ReadAsync("sinfo", ["--noheader", "--all", "--Node", $"--format={Format}"], CancellationToken.None).ConfigureAwait(false), options);
        }
        catch (ToilException failure)
        {
            log(LogLevel.Debug, $"How large the cluster's nodes are isn't known: {failure.Message}");
            return null;
        }
    }

    /// <summary>Cores, megabytes of memory and of temporary disk, a line for each node.</summary>
    public static Requirements? Parse(string output, ToilOptions options)
    {
        var nodes = output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(line => line.Split('|')).Where(fields => fields.Length == 3)
            .Select(fields => (Cores: Number(fields[0]), Memory: Number(fields[1]), Disk: Number(fields[2]))).ToList();
        return nodes.Count == 0 ? null : new Requirements(
            nodes.Max(node => node.Cores),
            options.SlurmAllocateMem ? nodes.Max(node => node.Memory) << 20 : long.MaxValue,
            options.SlurmAllocateDisk ? nodes.Max(node => node.Disk) << 20 : long.MaxValue)
        {
            Accelerators = AcceleratorRequest.Unlimited,
        };
    }

    /// <summary>Nodes that differ have a plus: "at least".</summary>
    private static long Number(string field) =>
        field.EndsWith('+') || !long.TryParse(field, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? long.MaxValue >> 20 : number;
}
