using System.IO.Compression;
using System.Text;
using Toil.Agents;

namespace Toil;

/// <summary>
/// Writes what attempts wrote into a directory, as <c>--writeLogs</c> and <c>--writeLogsGzip</c> ask: a file for each
/// attempt, <c>name_job_try.log</c>. A file that is there already is never written over: the next one gets a number.
/// </summary>
internal sealed class JobLogs
{
    /// <summary>File systems allow 255 bytes for a name; a letter may take four.</summary>
    private const int MaxNameLength = 50;

    private readonly string _directory;
    private readonly bool _compresses;

    private JobLogs(string directory, bool compresses, bool ofAllJobs) => (_directory, _compresses, OfAllJobs) = (directory, compresses, ofAllJobs);

    /// <summary>Whether the logs of attempts that succeed are wanted too.</summary>
    public bool OfAllJobs { get; }

    /// <returns>Null when no logs are wanted.</returns>
    /// <exception cref="UsageException">The directory can't be made or written.</exception>
    public static JobLogs? Open(ToilOptions options)
    {
        var directory = options.WriteLogs ?? options.WriteLogsGzip;
        if (directory is null)
        {
            return null;
        }

        CheckWritable(directory, options.WriteLogs is null ? "--writeLogsGzip" : "--writeLogs");
        return new JobLogs(Path.GetFullPath(directory), options.WriteLogs is null, options.WriteLogsFromAllJobs || options.LogLevel == LogLevel.Debug);
    }

    /// <summary>Writes an attempt's log, unless it is one of those that aren't wanted, or wrote nothing.</summary>
    /// <exception cref="IOException">It can't be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It can't be written.</exception>
    public void Write(LaunchOrder order, AttemptOutcome outcome) => Write(order.JobName, order.TryNumber, outcome);

    /// <inheritdoc cref="Write(LaunchOrder, AttemptOutcome)"/>
    public void Write(string jobName, int tryNumber, AttemptOutcome outcome)
    {
        var text = outcome.Failure switch
        {
            { Reason: FailureReason.Cancelled } => [],
            { } failure => WithReason(failure),
            null => outcome.Log,
        };
        if (text.Length > 0)
        {
            using var file = Create(FormattableString.Invariant($"{NameOf(jobName)}_{outcome.Attempt.Job}_{tryNumber}"));
            using Stream writer = _compresses ? new GZipStream(file, CompressionLevel.Fastest) : file;
            writer.Write(text);
        }
    }

    /// <summary>A log says at its end why the attempt failed, as far as the job's own last words don't.</summary>
    private static byte[] WithReason(AttemptFailure failure)
    {
        var position = failure.Error.Position.Length > 0 ? $"\n{failure.Error.Position}" : "";
        var lineEnd = failure.Log is [] or [.., (byte)'\n'] ? "" : "\n";
        return [.. failure.Log, .. Encoding.UTF8.GetBytes($"{lineEnd}The attempt failed: {failure.Error.Message}{position}\n")];
    }

    private static string NameOf(string jobName)
    {
        var name = string.Concat(jobName.Select(letter => char.IsLetterOrDigit(letter) || letter is '-' or '.' ? letter : '_'));
        return name.Length > MaxNameLength ? name[..MaxNameLength] : name;
    }

    private static void CheckWritable(string directory, string option)
    {
        try
        {
            Directory.CreateDirectory(directory);
            var probe = Path.Combine(directory, $".toil-{Guid.NewGuid():N}");
            File.WriteAllBytes(probe, []);
            File.Delete(probe);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"{option}: the directory {directory} can't be written: {error.Message}");
        }
    }

    private FileStream Create(string name)
    {
        for (var number = 1; ; number++)
        {
            var suffix = (number == 1 ? "" : FormattableString.Invariant($".{number}")) + (_compresses ? ".log.gz" : ".log");
            var path = Path.Combine(_directory, name + suffix);
            try
            {
                return new FileStream(path, FileMode.CreateNew, FileAccess.Write);
            }
            catch (IOException) when (File.Exists(path))
            {
            }
        }
    }
}
