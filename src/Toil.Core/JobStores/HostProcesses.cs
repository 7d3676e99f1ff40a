using System.Globalization;

namespace Toil.JobStores;

/// <summary>Which processes this machine has, as far as this process can see.</summary>
/// <param name="Host">The host's name.</param>
/// <param name="BootId">The kernel's id of this boot.</param>
/// <param name="ProcessNamespace">The kernel's id of the process namespace.</param>
/// <param name="StartOf">When a live process started, in the kernel's ticks; null when there is none.</param>
internal sealed record HostProcesses(string Host, string BootId, string ProcessNamespace, Func<int, long?> StartOf)
{
    public static readonly HostProcesses Current = new(
        Environment.MachineName,
        ReadOr("/proc/sys/kernel/random/boot_id", "unknown boot"),
        new FileInfo("/proc/self/ns/pid").LinkTarget ?? "unknown namespace",
        ReadStart);

    /// <returns>Null when it can't be told from here.</returns>
    public bool? IsAlive(LeaseHolder holder) =>
        holder.Host == Host && holder.BootId == BootId && holder.ProcessNamespace == ProcessNamespace
            ? StartOf(holder.ProcessId) == holder.ProcessStart
            : null;

    public LeaseHolder Introduce(int epoch, LeaseTerms terms, DateTimeOffset now)
    {
        var pid = Environment.ProcessId;
        return new LeaseHolder(Host, BootId, ProcessNamespace, pid, StartOf(pid) ?? 0, epoch, now, terms.Duration);
    }

    /// <summary>From proc(5): the state and start time follow the command name, which may itself hold spaces and brackets.</summary>
    private static long? ReadStart(int pid)
    {
        const int State = 0;
        const int StartTime = 19;
        var stat = ReadOr($"/proc/{pid.ToString(CultureInfo.InvariantCulture)}/stat", string.Empty);
        var fields = stat[(stat.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return fields.Length > StartTime && fields[State] is not ("Z" or "X")
            ? long.Parse(fields[StartTime], CultureInfo.InvariantCulture)
            : null;
    }

    private static string ReadOr(string path, string otherwise)
    {
        try
        {
            return File.ReadAllText(path).Trim();
        }
        catch (Exception absent) when (absent is IOException or UnauthorizedAccessException)
        {
            return otherwise;
        }
    }
}
