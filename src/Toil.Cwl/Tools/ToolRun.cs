using Toil.Cwl.Expressions;
using Toil.Cwl.Files;
using Toil.Cwl.Loading;
using Toil.Cwl.Model;

namespace Toil.Cwl.Tools;

/// <summary>Runs command line tools.</summary>
internal static class ToolRun
{
    /// <summary>Runs a tool to its end and collects its outputs.</summary>
    /// <param name="tool">The tool.</param>
    /// <param name="requirements">What holds for it where it is used, its own included.</param>
    /// <param name="inputs">Its input values; files may be in the job store or have URIs.</param>
    /// <param name="options">How tools are run.</param>
    /// <param name="context">The job that runs it.</param>
    /// <returns>Its output values; their files are in the job store, or in <see cref="ToolOptions.BypassDirectory"/>.</returns>
    /// <exception cref="CwlException">The document or a value is at fault.</exception>
    /// <exception cref="ToolFailedException">The tool failed.</exception>
    /// <exception cref="UnsupportedRequirementException">Something is required that can't be had here.</exception>
    public static async Task<OrderedDictionary<string, object?>> RunAsync(
        CommandLineTool tool, RequirementSet requirements, OrderedDictionary<string, object?> inputs, ToolOptions options, JobContext context)
    {
        void Log(string message) => context.Log(message);
        RequirementCheck.Check(requirements, options, Log);
        var container = ToolContainer.Choose(tool, requirements, options, message => context.Log(message, LogLevel.Warning));
        var job = await PrepareAsync(tool, requirements, inputs, options, context, container).ConfigureAwait(false);
        Directory.CreateDirectory(job.Directories.HostOutput);
        Directory.CreateDirectory(job.Directories.HostTemporary);
        var placing = new FilePlacing(context.Files, options.BypassDirectory is not null && container is null);
        if (requirements.Get<InitialWorkDirRequirement>() is { } initial)
        {
            await new InitialWorkDir(job, initial, placing).FillAsync().ConfigureAwait(false);
        }

        var words = new CommandLineBuilder((text, self) => job.Evaluate(text, self)).Build(tool, job.Inputs);
        foreach (var item in job.Staging.Items.Where(item => !item.IsPlaced))
        {
            await placing.PlaceAsync(item.Original, job.Directories.ToHost(item.Path)!, writable: false, context.Cancellation).ConfigureAwait(false);
        }

        var exitCode = await ToolProcess.RunAsync(job, words).ConfigureAwait(false);
        job.Directories.LinkShared();
        if (tool.Version > CwlVersion.V1_0)
        {
            job.Runtime["exitCode"] = (long)exitCode;
        }

        return await new OutputCollector(job).CollectAsync().ConfigureAwait(false);
    }

    private static async Task<ToolJob> PrepareAsync(
        CommandLineTool tool, RequirementSet requirements, OrderedDictionary<string, object?> inputs, ToolOptions options, JobContext context, ToolContainer? container)
    {
        var directories = container is null
            ? ToolDirectories.OnHost(context.TempDirectory)
            : ToolDirectories.InContainer(context.TempDirectory, container.Docker.OutputDirectory);
        var evaluator = new Evaluator(tool.Version, requirements.Get<InlineJavascriptRequirement>(), options.Evaluation);
        var staging = new InputStaging(directories.Inputs);
        var prepared = await new InputPreparation(tool, requirements, context.Files, staging, evaluator).PrepareAsync(inputs, context.Cancellation).ConfigureAwait(false);
        var resources = ToolResources.Of(tool.Version, requirements, prepared, evaluator).RaiseTo(context);
        return new ToolJob
        {
            Tool = tool,
            Requirements = requirements,
            Options = options,
            Context = context,
            Container = container,
            Directories = directories,
            Evaluator = evaluator,
            Staging = staging,
            Inputs = prepared,
            Resources = resources,
            Runtime = resources.ToRuntime(directories.Output, directories.Temporary),
        };
    }
}
