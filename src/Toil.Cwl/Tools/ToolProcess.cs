using System.ComponentModel;
using System.Globalization;
using System.Text;
using Toil.Agents;
using Toil.Cwl.Loading;
using Toil.Cwl.Model;

namespace Toil.Cwl.Tools;

/// <summary>Starts a tool's process and judges its end.</summary>
internal static class ToolProcess
{
    private const int TailBytes = 4000;

    /// <returns>The exit code, which means success.</returns>
    public static async Task<int> RunAsync(ToolJob job, List<CommandWord> words)
    {
        if (words.Count == 0)
        {
            throw new CwlException(job.Tool.Position, "The tool has nothing to run: no baseCommand, and neither its arguments nor its inputs give one.");
        }

        var streams = ToolStreams.Of(job);
        var command = job.Requirements.Get<ShellCommandRequirement>() is not null
            ? ["/bin/sh", "-c", string.Join(' ', words.Select(word => word.ForShell()))]
            : words.ConvertAll(word => word.Text);
        using var limit = new TimeLimit(job);
        var exit = job.Container is null
            ? await StartAsync(job, limit.Watch(StartOf(job, command, ToolEnvironment.OnHost(job), streams))).ConfigureAwait(false)
            : await RunInContainerAsync(job, job.Container, command, streams, limit).ConfigureAwait(false);
        streams.KeepIn(job.Options.LogDirectory, job.Context);
        limit.ThrowIfExceeded();
        job.Cancellation.ThrowIfCancellationRequested();
        Judge(job.Tool, words, exit, streams);
        return exit.Code;
    }

    private static ChildStart StartOf(ToolJob job, List<string> command, Dictionary<string, string> environment, ToolStreams streams) => new(command[0], command[1..])
    {
        Environment = environment,
        WorkingDirectory = job.Directories.HostOutput,
        InputPath = streams.Input,
        OutputPath = streams.Output,
        ErrorPath = streams.Error == streams.Output ? null : streams.Error,
    };

    private static async Task<ChildExit> RunInContainerAsync(ToolJob job, ToolContainer container, List<string> command, ToolStreams streams, TimeLimit limit)
    {
        var image = await ContainerImages.EnsureAsync(job, container).ConfigureAwait(false);
        var name = $"toil-{Guid.NewGuid():N}";
        var words = container.CommandOf(job, image, name, command);
        var start = StartOf(job, words, Spawner.InheritedEnvironment(), streams) with
        {
            // The container outlives the engine's client.
            Undo = container.Engine.Remove(name) is { } removal ? [container.Program, .. removal] : null,
        };
        var kills = OutOfMemoryKills.OfNode();
        var exit = await StartAsync(job, limit.Watch(start)).ConfigureAwait(false);
        return kills.Explains(exit) ? throw new InsufficientMemoryException(AttemptErrors.OutOfMemory.Message) : exit;
    }

    private static async Task<ChildExit> StartAsync(ToolJob job, ChildStart start)
    {
        try
        {
            return await job.Context.RunProcessAsync(start, job.Cancellation).ConfigureAwait(false);
        }
        catch (Win32Exception error)
        {
            throw new ToolFailedException($"{job.Tool.Position}: '{start.Program}' can't be started: {error.Message}. Is it installed on this node and on its PATH?");
        }
    }

    private static void Judge(CommandLineTool tool, List<CommandWord> words, ChildExit exit, ToolStreams streams)
    {
        var isSuccess = exit.Signal == 0 && (tool.SuccessCodes.Contains(exit.Code)
            || (exit.Code == 0 && !tool.TemporaryFailCodes.Contains(0) && !tool.PermanentFailCodes.Contains(0)));
        if (isSuccess)
        {
            return;
        }

        var isPermanent = exit.Signal == 0 && tool.PermanentFailCodes.Contains(exit.Code);
        var kind = isPermanent ? ", a failure that the tool calls permanent"
            : exit.Signal == 0 && tool.TemporaryFailCodes.Contains(exit.Code) ? ", a failure that the tool calls temporary"
            : "";
        var tail = TailOf(streams.Error);
        throw new ToolFailedException(
            $"{tool.Position}: '{words[0].Text}' {exit}{kind}.{(tail.Length > 0 ? $" The end of its error output:\n{tail}" : " It wrote nothing to its error output.")}",
            isPermanent);
    }

    /// <summary>The end of a text file.</summary>
    public static string TailOf(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var isCut = file.Length > TailBytes;
        file.Seek(isCut ? -TailBytes : 0, isCut ? SeekOrigin.End : SeekOrigin.Begin);
        var bytes = new byte[TailBytes];
        var text = Encoding.UTF8.GetString(bytes, 0, file.ReadAtLeast(bytes, TailBytes, throwOnEndOfStream: false)).TrimEnd();
        return isCut ? string.Create(CultureInfo.InvariantCulture, $"…{text}") : text;
    }
}
