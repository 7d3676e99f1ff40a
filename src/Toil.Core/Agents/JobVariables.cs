using System.Globalization;
using Toil.BatchSystems;

namespace Toil.Agents;

/// <summary>The environment variables that tell a job's libraries what the job was given.</summary>
internal static class JobVariables
{
    public const string Threads = "OMP_NUM_THREADS";

    /// <summary>How many threads OpenMP should start: one for each whole core.</summary>
    public static string ThreadsOf(Requirements requirements) =>
        Math.Max(1, Math.Min(int.MaxValue, (long)requirements.Cores)).ToString(CultureInfo.InvariantCulture);

    /// <summary>What makes drivers show a job its own accelerators alone. Nothing for a job that has none.</summary>
    public static IEnumerable<KeyValuePair<string, string>> OfAccelerators(IReadOnlyList<Accelerator> devices)
    {
        if (devices.Count == 0)
        {
            return [];
        }

        var nvidia = string.Join(',', devices.Where(device => !device.IsAmd).Select(device => device.Id));
        var amd = devices.Where(device => device.IsAmd).Select(device => device.Id).ToList();
        return new Dictionary<string, string>
        {
            ["CUDA_DEVICE_ORDER"] = "PCI_BUS_ID",
            ["CUDA_VISIBLE_DEVICES"] = nvidia,
            ["NVIDIA_VISIBLE_DEVICES"] = nvidia.Length > 0 ? nvidia : "void",
            ["ROCR_VISIBLE_DEVICES"] = string.Join(',', amd),

            // HIP counts among those that ROCR has left.
            ["HIP_VISIBLE_DEVICES"] = string.Join(',', Enumerable.Range(0, amd.Count)),
        };
    }

    /// <summary>Sets them all for a process of its own.</summary>
    public static void AddTo(IDictionary<string, string> variables, LaunchOrder order)
    {
        variables.TryAdd(Threads, ThreadsOf(order.Requirements));
        foreach (var (name, value) in OfAccelerators(order.Accelerators))
        {
            variables[name] = value;
        }
    }
}
