using System.Globalization;
using Toil.Cwl.Loading;
using Toil.Cwl.Model;

namespace Toil.Cwl.Tools;

/// <summary>Where a tool's standard streams lead, on this machine.</summary>
/// <param name="Input">A file to read, or /dev/null.</param>
/// <param name="Output">Where its output goes.</param>
/// <param name="Error">Where its error output goes; that is also the log of a failure.</param>
internal sealed record ToolStreams(string Input, string Output, string Error)
{
    public static ToolStreams Of(ToolJob job)
    {
        var log = Path.Combine(job.Directories.Root, "log");
        return new ToolStreams(
            job.Tool.Stdin is { } input ? InputPath(job, input) : "/dev/null",
            job.Tool.Stdout is { } output ? OutputPath(job, output, "stdout") : log,
            job.Tool.Stderr is { } error ? OutputPath(job, error, "stderr") : log);
    }

    /// <summary>Copies what the tool has written, to files with the names of the job and the try.</summary>
    /// <param name="directory">Where; null for nowhere.</param>
    /// <param name="job">The job that ran it.</param>
    /// <exception cref="ToilException">They can't be written.</exception>
    public void KeepIn(string? directory, JobContext job)
    {
        if (directory is null)
        {
            return;
        }

        var name = string.Create(CultureInfo.InvariantCulture, $"{job.Name.Replace('/', '_')}.{job.Self.Number}.{job.TryNumber}");
        try
        {
            Directory.CreateDirectory(directory);
            File.Copy(Output, Path.Combine(directory, Output == Error ? $"{name}.log" : $"{name}.stdout"), overwrite: true);
            if (Output != Error)
            {
                File.Copy(Error, Path.Combine(directory, $"{name}.stderr"), overwrite: true);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ToilException($"What the tool wrote can't be put into {directory} (--log-dir): {error.Message}");
        }
    }

    private static string InputPath(ToolJob job, CwlText text)
    {
        var path = job.EvaluateString(text, "stdin");
        var seen = path.StartsWith('/') ? path : $"{job.Directories.Output}/{path}";
        return job.Directories.ToHost(Path.GetFullPath(seen)) is { } host
            ? host
            : throw new CwlException(text.Position, $"stdin should be the path of an input file or one in the output directory, but is '{path}'.");
    }

    private static string OutputPath(ToolJob job, CwlText text, string what)
    {
        var name = job.EvaluateString(text, what);
        var path = Path.GetFullPath(Path.Combine(job.Directories.HostOutput, name));
        if (name.Length == 0 || name.StartsWith('/') || name.Contains('\0', StringComparison.Ordinal) || !path.StartsWith(job.Directories.HostOutput + "/", StringComparison.Ordinal))
        {
            throw new CwlException(text.Position, $"{what} should name a file in the output directory, but is '{name}'.");
        }

        if (name.Contains('/', StringComparison.Ordinal))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        }

        if (job.Requirements.Get<InitialWorkDirRequirement>() is not null && Path.Exists(path))
        {
            // It may be an input, and the tool's output would be added to it.
            File.Delete(path);
        }

        return path;
    }
}
