using System.Globalization;

namespace Toil.BatchSystems.Grid.Lsf;

/// <summary>How a cluster counts memory.</summary>
/// <param name="LimitUnit">The bytes that one of <c>-M</c> is: KB unless LSF_UNIT_FOR_LIMITS in lsf.conf says otherwise.</param>
/// <param name="ResourceUnit">The bytes that one in a resource requirement (<c>-R</c>) is: MB unless it says otherwise.</param>
/// <param name="IsPerTask">What is reserved is reserved for each core (RESOURCE_RESERVE_PER_TASK, once _PER_SLOT, in lsb.params).</param>
internal sealed record LsfUnits(long LimitUnit, long ResourceUnit, bool IsPerTask)
{
    private const string Suffixes = "KMGTPE";

    /// <summary>Asks the cluster, or reads its lsf.conf where it doesn't tell.</summary>
    public static async Task<LsfUnits> ReadAsync(SchedulerClient client)
    {
        var unit = UnitIn(await AskAsync(client, "lsadmin", "showconf", "lim").ConfigureAwait(false)) ?? UnitIn(ReadConfiguration(client));
        var parameters = await AskAsync(client, "bparams", "-a").ConfigureAwait(false);
        return new LsfUnits(unit ?? 1 << 10, unit ?? 1 << 20, IsSet(parameters, "RESOURCE_RESERVE_PER_TASK") || IsSet(parameters, "RESOURCE_RESERVE_PER_SLOT"));
    }

    public string LimitOf(ByteSize memory) => Count(memory.Bytes, LimitUnit);

    /// <summary>What is to be asked for, for each core if that is how the cluster counts.</summary>
    public string ResourceOf(ByteSize memory, long cores) => Count(IsPerTask ? (memory.Bytes + cores - 1) / cores : memory.Bytes, ResourceUnit);

    private static string Count(long bytes, long unit) => (((bytes - 1) / unit) + 1).ToString(CultureInfo.InvariantCulture);

    private static async Task<string> AskAsync(SchedulerClient client, string program, params string[] arguments)
    {
        if (client.Find(program) is null)
        {
            return "";
        }

        var result = await client.RunAsync(program, arguments, null, CancellationToken.None).ConfigureAwait(false);
        return result.ExitCode == 0 ? result.Output : "";
    }

    private static string ReadConfiguration(SchedulerClient client)
    {
        var path = client.Environment.TryGetValue("LSF_ENVDIR", out var directory) ? Path.Combine(directory, "lsf.conf") : "/etc/lsf.conf";
        return File.Exists(path) ? File.ReadAllText(path) : "";
    }

    private static long? UnitIn(string text) =>
        ValueOf(text, "LSF_UNIT_FOR_LIMITS") is { Length: > 0 } unit && Suffixes.IndexOf(char.ToUpperInvariant(unit[0]), StringComparison.Ordinal) is >= 0 and var power ? 1L << (10 * (power + 1)) : null;

    private static bool IsSet(string text, string name) => ValueOf(text, name)?.StartsWith("Y", StringComparison.OrdinalIgnoreCase) == true;

    /// <summary><c>NAME = value</c>, with blanks around it or without, and perhaps in quotes. A line that begins with # says nothing.</summary>
    private static string? ValueOf(string text, string name) => text.Split('\n').Select(line => line.Split('=', 2, StringSplitOptions.TrimEntries))
        .LastOrDefault(parts => parts.Length == 2 && parts[0] == name)?[1].Split('#')[0].Trim(' ', '"', '\'');
}
