using System.Globalization;

namespace Toil.Integration.Tests.Grid.Fakes;

/// <summary>What <c>-l nodes=1:ppn=4,mem=300mb,walltime=1:00:00</c> asks for.</summary>
internal sealed record TorqueResources(int Cores, long? Memory, TimeSpan? WallTime)
{
    public static TorqueResources Parse(IEnumerable<string> lists)
    {
        var resources = new TorqueResources(1, null, null);
        foreach (var (name, value) in lists.SelectMany(list => list.Split(',')).Select(part => (part.Split('=')[0], part[(part.IndexOf('=', StringComparison.Ordinal) + 1)..])))
        {
            resources = name switch
            {
                "nodes" => resources with { Cores = int.Parse(value.Split(':').Where(part => part.StartsWith("ppn=", StringComparison.Ordinal)).Select(part => part[4..]).FirstOrDefault("1"), CultureInfo.InvariantCulture) },
                "mem" or "vmem" or "pmem" => resources with { Memory = Bytes(value) },
                "walltime" => resources with { WallTime = Time(value) },
                "gpus" or "file" or "naccesspolicy" or "nice" or "cput" or "feature" or "qos" or "pvmem" => resources,
                _ => throw new FakeRefusal($"qsub: submit error (Unknown resource type  Resource_List.{name})", 2),
            };
        }

        return resources;
    }

    private static long Bytes(string text)
    {
        var digits = text.TrimEnd('b', 'k', 'm', 'g', 't', 'w');
        return long.Parse(digits, CultureInfo.InvariantCulture) << text[digits.Length..] switch
        {
            "kb" => 10,
            "mb" => 20,
            "gb" => 30,
            "tb" => 40,
            "b" or "" => 0,
            _ => throw new FakeRefusal($"qsub: submit error (Illegal attribute or resource value for Resource_List.mem)", 2),
        };
    }

    /// <summary>Seconds, or parts down to them.</summary>
    private static TimeSpan Time(string text) => TimeSpan.FromSeconds(text.Split(':').Aggregate(0.0, (sum, part) => (60 * sum) + double.Parse(part, CultureInfo.InvariantCulture)));
}
