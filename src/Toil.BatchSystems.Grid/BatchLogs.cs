using System.Text;

namespace Toil.BatchSystems.Grid;

/// <summary>
/// The files into which a scheduler itself writes the output of jobs:
/// <c>toil_job_&lt;job&gt;_batch_&lt;scheduler&gt;_&lt;scheduler's id&gt;_std_output.log</c>, and <c>…_std_error.log</c>. Of an array's element the scheduler
/// only knows its bundle, in place of the job's number; it gets its number when it has ended. Empty ones are removed then.
/// </summary>
/// <param name="directory">Where they stand.</param>
/// <param name="scheduler">The batch system's name.</param>
/// <param name="discards">Nothing is to be kept (<c>--noStdOutErr</c>).</param>
internal sealed class BatchLogs(string directory, string scheduler, bool discards)
{
    private const int Shown = 16 << 10;
    private const string Output = "std_output";
    private const string Error = "std_error";
    private const string Events = "job_events";
    private bool _isMade;
    private bool _hasEvents;

    /// <summary>Where they stand. It is there from now on.</summary>
    public string MakeDirectory()
    {
        if (!_isMade)
        {
            Directory.CreateDirectory(directory);
            _isMade = true;
        }

        return directory;
    }

    /// <summary>Where the scheduler is to write a job's standard output and error.</summary>
    /// <param name="submission">What is submitted.</param>
    /// <param name="id">The scheduler's pattern for the job's id, an array element's included.</param>
    /// <param name="escape">Writes the directory so that no pattern is found in it.</param>
    public (string Output, string Error) PathsFor(GridSubmission submission, string id, Func<string, string> escape)
    {
        if (discards)
        {
            return ("/dev/null", "/dev/null");
        }

        var (folder, job) = (escape(MakeDirectory()), JobOf(submission));
        return (PathOf(folder, job, id, Output), PathOf(folder, job, id, Error));
    }

    /// <summary>
    /// The line of a job's script that opens them, for schedulers that can't be told a path with an id in it, or that add to the files; nothing
    /// when they are discarded. A node that doesn't see the directory runs the job all the same.
    /// </summary>
    /// <param name="submission">What is submitted.</param>
    /// <param name="id">The shell's expression for the job's id, as the scheduler's adapter writes it.</param>
    public string RedirectionFor(GridSubmission submission, string id)
    {
        if (discards)
        {
            return "";
        }

        var (output, error) = PathsFor(submission, $"\"{id}\"", ShellWord.Quote);
        return $"true 2> /dev/null >> {output} && exec >> {output} 2>> {error}\n";
    }

    /// <summary>Where the scheduler is to write what happens to a job, for the one that does so; null when nothing is to be kept.</summary>
    /// <inheritdoc cref="PathsFor"/>
    public string? EventsPathFor(GridSubmission submission, string id, Func<string, string> escape)
    {
        _hasEvents = !discards;
        return discards ? null : PathOf(escape(MakeDirectory()), JobOf(submission), id, Events);
    }

    /// <summary>Names the files of a job that has ended as documented, and removes empty ones, and its events when nobody wants them.</summary>
    /// <param name="id">The scheduler's id.</param>
    /// <param name="name">The name that the job was submitted under.</param>
    /// <param name="number">The job's number in the workflow; null when it isn't known.</param>
    /// <param name="read">Whether its last part is wanted.</param>
    /// <returns>What both hold, the last part of it; empty when it isn't wanted.</returns>
    public string Close(string id, string name, long? number, bool read)
    {
        if (discards)
        {
            return "";
        }

        var text = new StringBuilder();
        foreach (var kind in _hasEvents ? [Output, Error, Events] : new[] { Output, Error })
        {
            try
            {
                if (Settle(id, name, number, kind) is not { } path)
                {
                    continue;
                }

                if (kind == Events && !read)
                {
                    File.Delete(path);
                }
                else if (kind != Events && read)
                {
                    text.Append(ReadEnd(path));
                }
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                text.Append(System.Globalization.CultureInfo.InvariantCulture, $"[The job's {kind} can't be read: {failure.Message}]\n");
            }
        }

        return text.ToString();
    }

    private string? Settle(string id, string name, long? number, string kind)
    {
        var written = number is { } known ? PathOf(directory, $"{known}", id, kind) : null;
        var path = new[] { written, PathOf(directory, BundleOf(name), id, kind) }.FirstOrDefault(File.Exists);
        if (path is null)
        {
            return null;
        }

        if (new FileInfo(path).Length == 0)
        {
            File.Delete(path);
            return null;
        }

        if (written is not null && path != written)
        {
            File.Move(path, written, overwrite: true);
        }

        return written ?? path;
    }

    private static string ReadEnd(string path)
    {
        using var file = File.OpenRead(path);
        file.Seek(Math.Max(0, file.Length - Shown), SeekOrigin.Begin);
        using var reader = new StreamReader(file, Encoding.UTF8);
        var text = reader.ReadToEnd();
        return text.EndsWith('\n') ? text : text + "\n";
    }

    private static string JobOf(GridSubmission submission) => submission.IsArray ? BundleOf(submission.Jobs[0].Name) : $"{submission.Jobs[0].Number}";

    /// <summary>What stands between the workflow and the entry in a name.</summary>
    private static string BundleOf(string name) => name.Split('-')[2];

    private string PathOf(string folder, string job, string id, string kind) => Path.Combine(folder, $"toil_job_{job}_batch_{scheduler}_{id}_{kind}.log");
}
