using System.Text;
using Toil.Agents;
using Toil.Files;
using Toil.Values;

namespace Toil.CallCaching;

/// <summary>What makes a call's key, in the form in which it is kept and shown. Values of variables are shown by their hashes alone: they may be secret.</summary>
/// <param name="Code">The hash of the job's code.</param>
/// <param name="Program">The hash of what runs it: of a C# program's assemblies, or of a command's executable; empty for scripts.</param>
/// <param name="Arguments">The hash of the arguments, their files by content.</param>
/// <param name="Files">The files among the arguments.</param>
/// <param name="Environment">The variables that are set for jobs, and the hashes of their values.</param>
internal sealed record CallKey(string Code, string Program, string Arguments, IReadOnlyList<CallFile> Files, IReadOnlyDictionary<string, string> Environment)
{
    /// <summary>Counts up when anything about keys changes.</summary>
    private const string Version = "toil call 1";

    /// <summary>The key's name: 64 hexadecimal digits.</summary>
    public string Name { get; } = Hex(
        Version, Code, Program, Arguments, string.Join('\n', Environment.OrderBy(set => set.Key, StringComparer.Ordinal).Select(set => $"{set.Key}={set.Value}")));

    /// <exception cref="ToilException">A file of the arguments isn't there.</exception>
    public static CallKey Of(LaunchOrder order, FileDepot depot, ContentHashes hashes, NodeAgentOptions options)
    {
        var files = ValueFiles.Named(order.Arguments).Select(file => new CallFile(file.Name, file.Size, hashes.Of(depot.Locate(file).Path), file.Key)).ToList();
        var contents = files.ToDictionary(file => file.Key, file => file.Sha256);
        return new CallKey(
            Convert.ToHexStringLower(ValueDigest.Hash($"{order.Code.Vehicle}", [order.Code.Content.ToArray()]).Bytes),
            ProgramOf(order, hashes, options),
            Convert.ToHexStringLower(ValueDigest.Of(order.Arguments, file => contents[file.Key])),
            files,
            options.Environment.ToDictionary(set => set.Key, set => Hex(set.Value)));
    }

    private static string ProgramOf(LaunchOrder order, ContentHashes hashes, NodeAgentOptions options) => order.Code.Vehicle switch
    {
        Vehicle.Assembly => AssembliesOf(options.Workers[Vehicle.Assembly], hashes),
        Vehicle.Command => ExecutableOf(order, hashes),
        _ => "",
    };

    /// <summary>All that stands beside the program: a job's code is spread over them.</summary>
    private static string AssembliesOf(WorkerSpec spec, ContentHashes hashes)
    {
        var program = spec.Arguments.FirstOrDefault(argument => argument.EndsWith(".dll", StringComparison.Ordinal)) ?? spec.Program;
        var directory = Path.GetDirectoryName(Path.GetFullPath(program))!;
        var assemblies = Directory.EnumerateFiles(directory, "*.dll").Append(program).Where(File.Exists).Distinct().Order(StringComparer.Ordinal);
        return Hex([.. assemblies.SelectMany(path => new[] { Path.GetFileName(path), hashes.Of(path) })]);
    }

    private static string ExecutableOf(LaunchOrder order, ContentHashes hashes)
    {
        var program = (ValueReader.Read(order.Arguments) as List<object?>)?.FirstOrDefault() as string ?? "";
        var path = program.Contains('/', StringComparison.Ordinal) ? program : OnPath(program);
        return path is not null && File.Exists(path) ? hashes.Of(RealPath.Of(path) ?? path) : "";
    }

    private static string? OnPath(string program) => (System.Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Select(directory => Path.Combine(directory, program)).FirstOrDefault(File.Exists);

    private static string Hex(params string[] parts) => Convert.ToHexStringLower(ValueDigest.Hash("", parts.Select(Encoding.UTF8.GetBytes)).Bytes);
}

/// <summary>A file of a call: among its arguments or its results.</summary>
/// <param name="Name">Its base name.</param>
/// <param name="Size">Its size in bytes.</param>
/// <param name="Sha256">The hash of its content.</param>
/// <param name="Key">The key that it had in its job store.</param>
internal sealed record CallFile(string Name, long Size, string Sha256, string Key);
