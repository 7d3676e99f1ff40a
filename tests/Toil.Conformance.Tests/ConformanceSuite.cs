using System.IO.Compression;
using System.Reflection;

namespace Toil.Conformance.Tests;

/// <summary>The tests of one version of CWL, in the order of its file.</summary>
internal sealed class ConformanceSuite
{
    /// <summary>Ids, separated by commas: only these are run.</summary>
    private const string FilterVariable = "TOIL_CONFORMANCE";

    private static readonly string Root = Unpack(typeof(ConformanceSuite).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(entry => entry.Key == "Suites").Value!);

    private ConformanceSuite(IReadOnlyList<ConformanceCase> cases) => Cases = cases;

    public IReadOnlyList<ConformanceCase> Cases { get; }

    /// <param name="file">The suite's file, below the folder of all suites.</param>
    public static ConformanceSuite Load(string file)
    {
        var wanted = Environment.GetEnvironmentVariable(FilterVariable)?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var all = Read(Path.Combine(Root, file));
        return new([.. all.Where(one => wanted is null or [] || wanted.Contains(one.Id))]);
    }

    /// <summary>Unpacks the suites' one large file where that hasn't been done yet; several test programs may do it at once.</summary>
    /// <returns>The same folder.</returns>
    private static string Unpack(string root)
    {
        var ontology = Path.Combine(root, "v1.0", "v1.0", "EDAM.owl");
        if (!File.Exists(ontology))
        {
            var own = $"{ontology}.{Environment.ProcessId}";
            using (var packed = new GZipStream(File.OpenRead($"{ontology}.gz"), CompressionMode.Decompress))
            using (var unpacked = File.Create(own))
            {
                packed.CopyTo(unpacked);
            }

            File.Move(own, ontology, overwrite: true);
        }

        return root;
    }

    private static IEnumerable<ConformanceCase> Read(string path)
    {
        var directory = Path.GetDirectoryName(path)!;
        foreach (var entry in ((List<object?>)SuiteYaml.Read(path)!).Cast<Dictionary<string, object?>>())
        {
            if (entry.TryGetValue("$import", out var imported))
            {
                foreach (var one in Read(Path.Combine(directory, (string)imported!)))
                {
                    yield return one;
                }
            }
            else
            {
                yield return ToCase(entry, directory);
            }
        }
    }

    private static ConformanceCase ToCase(Dictionary<string, object?> entry, string directory) => new(
        (string)entry["id"]!,
        ((string)entry["doc"]!).Trim(),
        Path.Combine(directory, (string)entry["tool"]!),
        entry.GetValueOrDefault("job") is string job ? Path.Combine(directory, job) : null,
        OutputOf(entry, directory),
        entry.GetValueOrDefault("should_fail") is true);

    private static object? OutputOf(Dictionary<string, object?> entry, string directory) => entry.GetValueOrDefault("output") switch
    {
        Dictionary<string, object?> output when output.TryGetValue("$import", out var imported) => SuiteYaml.Read(Path.Combine(directory, (string)imported!)),
        var output => output,
    };
}
