using Toil.Cwl.Expressions;
using Toil.Cwl.Running;
using Toil.Cwl.Tools;
using Toil.Options;

namespace Toil.Cli.Commands;

/// <summary>The command line of <c>toil cwl</c>.</summary>
/// <remarks>
/// It is read in two parts: what stands before the document, and what stands behind it. There, the names of the
/// document's inputs are options too, and come before all others of the name.
/// </remarks>
internal sealed class CwlArguments
{
    private readonly ArgumentReader _reader = new([.. CwlOptionTable.All, .. CwlOptionTable.Accepted, .. ToilOptionTable.All]);
    private readonly List<GivenOption> _given = [];

    private CwlArguments(string[] given)
    {
        // What other runners call the engine's call cache.
        string[] arguments = [.. given.Select(argument => argument.Split('=')[0] == "--cachedir" ? $"--callCache{argument["--cachedir".Length..]}" : argument)];
        if (arguments.Select(CwlOptionTable.ExplainAbsent).FirstOrDefault(advice => advice is not null) is { } absent)
        {
            throw new UsageException(absent);
        }

        var read = _reader.Read(arguments, mostPositionals: 1);
        _given.AddRange(read.Given);
        (Document, Rest) = (read.Positionals.Count > 0 ? read.Positionals[0] : null, read.Rest);
    }

    /// <summary>The document, with a fragment if one was asked for; null when none was named.</summary>
    public string? Document { get; }

    /// <summary>What stands behind the document: the input object, its flags, and more options.</summary>
    public IReadOnlyList<string> Rest { get; private set; }

    /// <exception cref="UsageException">An option is unknown, isn't here, or lacks its value.</exception>
    public static CwlArguments Read(string[] arguments) => new(arguments);

    /// <summary>Takes the options out of what stands behind the document.</summary>
    /// <param name="isInput">Whether the document has an input of that name.</param>
    /// <returns>What is left: the input object, and the flags of inputs.</returns>
    public IReadOnlyList<string> TakeOptions(Func<string, bool> isInput)
    {
        var left = new List<string>();
        for (var i = 0; i < Rest.Count; i++)
        {
            var name = Rest[i].Split('=')[0];
            if (!name.StartsWith('-') || !_reader.Knows(name) || (name.StartsWith("--", StringComparison.Ordinal) && isInput(name[2..])))
            {
                left.Add(Rest[i]);
                continue;
            }

            // Whether an option takes what stands behind it, its reader knows.
            var two = Rest.Skip(i).Take(i + 1 < Rest.Count && !Rest[i + 1].StartsWith('-') ? 2 : 1).ToList();
            var read = _reader.Read(two, mostPositionals: 1);
            _given.AddRange(read.Given.Take(1));
            i += read.Positionals.Count == 0 && read.Given.Count == 1 && two.Count == 2 ? 1 : 0;
        }

        return Rest = left;
    }

    public bool Has(WorkflowOption<bool> option) => Get(option);

    public T Get<T>(WorkflowOption<T> option) => (T)(_given.Where(entry => entry.Option == option).Select(entry => option.Parse(entry.Text)).LastOrDefault() ?? option.Default)!;

    /// <summary>The engine's options.</summary>
    /// <exception cref="UsageException">A value isn't valid.</exception>
    public ToilOptions Engine()
    {
        var options = OptionSources.Combine([], _given, Environment.GetEnvironmentVariable);
        if (Has(CwlOptionTable.Quiet))
        {
            (options.LogLevel, options.DisableProgress) = (LogLevel.Warning, true);
        }

        if (Has(CwlOptionTable.Debug))
        {
            options.LogLevel = LogLevel.Debug;
        }

        PlaceTemporaries(options);
        OptionRules.Check(options);
        return options;
    }

    public CwlRunOptions Run(ToilOptions engine) => new()
    {
        IntermediateDirectory = Get(CwlOptionTable.IntermediatePrefix) is { Length: > 0 } prefix ? DirectoryOf(prefix) : null,
        OutputDirectory = Get(CwlOptionTable.OutputDirectory),
        BypassesFileStore = Has(CwlOptionTable.BypassFileStore),
        OnError = Get(CwlOptionTable.OnError),
        Tools = Tools(),
    };

    /// <summary>What is named on the command line itself goes before a prefix.</summary>
    private void PlaceTemporaries(ToilOptions options)
    {
        if (Get(CwlOptionTable.TemporaryPrefix) is { Length: > 0 } prefix && !_given.Exists(entry => entry.Option.Name == "--workDir"))
        {
            options.WorkDir = DirectoryOf(prefix);
        }

        if (Get(CwlOptionTable.IntermediatePrefix) is { Length: > 0 } intermediate && options.JobStore.Length == 0 && !options.Restart)
        {
            (options.JobStore, options.JobStoreIsTemporary) = ($"{Path.GetFullPath(intermediate)}{Guid.NewGuid():N}", true);
        }
    }

    private static string DirectoryOf(string prefix) => Path.GetDirectoryName(Path.GetFullPath(prefix)) ?? "/";

    private ToolOptions Tools() => new()
    {
        Container = Has(CwlOptionTable.NoContainer) ? ContainerChoice.None
            : Has(CwlOptionTable.Singularity) ? ContainerChoice.Singularity
            : Has(CwlOptionTable.Podman) ? ContainerChoice.Podman
            : ContainerChoice.Any,
        DefaultContainer = Get(CwlOptionTable.DefaultContainer) is { Length: > 0 } image ? image : null,
        MatchUser = !Has(CwlOptionTable.NoMatchUser),
        StrictMemoryLimit = Has(CwlOptionTable.StrictMemoryLimit),
        StrictCpuLimit = Has(CwlOptionTable.StrictCpuLimit),
        ForcePull = Has(CwlOptionTable.ForcePull),
        PreservedVariables = [.. _given.Where(entry => entry.Option == CwlOptionTable.PreserveEnvironment).SelectMany(entry => entry.Text.Split(','))],
        PreserveEntireEnvironment = Has(CwlOptionTable.PreserveEntireEnvironment),
        ComputeChecksums = Has(CwlOptionTable.ComputeChecksums),
        LogDirectory = Get(CwlOptionTable.LogDirectory) is { Length: > 0 } logs ? Path.GetFullPath(logs) : null,
        Evaluation = new EvaluatorOptions { Timeout = TimeSpan.FromSeconds(Get(CwlOptionTable.EvaluationTimeout)) },
    };
}
