using System.Collections;
using System.Collections.Concurrent;
using System.Management.Automation;
using Toil.Scripting;
using Toil.Worker;

namespace Toil.Cmdlets;

/// <summary>Runs a program in a container inside a job. Its output is the cmdlet's; the container is removed however the job ends.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "ToilContainer")]
[OutputType(typeof(string))]
public sealed class InvokeToilContainerCommand : ToilCommand
{
    private const string Removal = """
        param($Program, $Words)
        $PSNativeCommandUseErrorActionPreference = $false
        $said = & $Program @Words 2>&1
        if ($LASTEXITCODE -and "$said" -notmatch 'no such container|no container with') { throw "$Program $Words failed: $said" }
        """;

    /// <summary>The image.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string Image { get; set; } = "";

    /// <summary>The command, or what the image's entrypoint gets.</summary>
    [Parameter(Position = 1, ValueFromRemainingArguments = true)]
    [Alias("Args")]
    [AllowEmptyCollection]
    [AllowEmptyString]
    public string[] ArgumentList { get; set; } = [];

    /// <summary>What the container sees of this machine: source paths with target paths. ':ro' behind a target keeps it from being changed.</summary>
    [Parameter]
    public IDictionary Mount { get; set; } = new Hashtable();

    /// <summary>Variables to set.</summary>
    [Parameter]
    public IDictionary Environment { get; set; } = new Hashtable();

    /// <summary>What runs instead of the image's entrypoint.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Entrypoint { get; set; }

    /// <summary>A user name or number, with a group behind a colon if need be; else the job's own.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? User { get; set; }

    /// <summary>The working directory in the container; else the job's temporary directory, which the container sees under its own path.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? WorkingDirectory { get; set; }

    /// <summary>Processor cores; else what the job asked for.</summary>
    [Parameter]
    [ValidateRange(0.001, 1e6)]
    public double? Cores { get; set; }

    /// <summary>Memory; else what the job asked for.</summary>
    [Parameter]
    [ByteSizeTransformation]
    public ByteSize? Memory { get; set; }

    /// <summary>docker, podman, apptainer or singularity; else that of TOIL_CONTAINER_ENGINE, or the first that is installed.</summary>
    [Parameter]
    [ValidateSet("docker", "podman", "apptainer", "singularity")]
    public string? Engine { get; set; }

    /// <summary>Further arguments of the engine's run command.</summary>
    [Parameter]
    public string[] EngineArgument { get; set; } = [];

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        var job = Require("NotInJob", null, () => RunningJob.Current ?? throw new ToilException("Invoke-ToilContainer works inside a job, whose resources and directory the container gets."));
        var request = Require("InvalidArgument", Image, ToRequest);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation, job.Context.Cancellation);
        using var lines = new BlockingCollection<string>();
        var run = Task.Run(async () =>
        {
            try
            {
                await Container.RunAsync(job.Context, request, Engine, lines.Add, (program, words) => Defer(job, program, words), stop.Token).ConfigureAwait(false);
            }
            finally
            {
                lines.CompleteAdding();
            }
        });
        foreach (var line in lines.GetConsumingEnumerable())
        {
            WriteObject(line);
        }

        Require("ContainerFailed", Image, () =>
        {
            Wait(run);
            return true;
        });
    }

    private static void Defer(RunningJob job, string program, string[] words) =>
        job.Context.Defer(ScriptJobs.OfText(Removal).CreateApart(job.Context.Name, [program, words]));

    private ContainerRequest ToRequest() => new(Image, ArgumentList)
    {
        Mounts = [.. Mount.Cast<DictionaryEntry>().Select(entry => ToMount($"{entry.Key}", $"{entry.Value}"))],
        Environment = Environment.Cast<DictionaryEntry>().ToDictionary(entry => $"{entry.Key}", entry => $"{entry.Value}"),
        Entrypoint = Entrypoint,
        User = User,
        WorkingDirectory = WorkingDirectory,
        Cores = Cores,
        Memory = Memory,
        EngineArguments = EngineArgument,
    };

    private ContainerMount ToMount(string source, string target)
    {
        const string readOnly = ":ro";
        var path = GetUnresolvedProviderPathFromPSPath(source);
        return target.EndsWith(readOnly, StringComparison.Ordinal) ? new(path, target[..^readOnly.Length], IsReadOnly: true) : new(path, target);
    }
}
