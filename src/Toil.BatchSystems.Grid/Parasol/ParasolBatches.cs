using System.Globalization;

namespace Toil.BatchSystems.Grid.Parasol;

/// <summary>
/// Parasol's batches: a directory for each, with its results file and the scripts of its jobs. Jobs with the same cores and memory are one batch, also for
/// the leader that comes after this one.
/// </summary>
/// <param name="root">Where the directories stand; all nodes and Parasol's hub must see it.</param>
/// <param name="most">How many there may be.</param>
internal sealed class ParasolBatches(string root, int most)
{
    /// <summary>The name that Parasol's hub itself gives a results file after it was restarted.</summary>
    private const string Results = "para.results";

    private const string Beginning = "parasol-";

    /// <summary>How far the results files have been read.</summary>
    private readonly Dictionary<string, long> _offsets = [];

    /// <summary>How jobs have ended that nobody has asked for yet.</summary>
    private readonly Dictionary<string, BatchJobEnd> _ends = [];

    public static string ResultsIn(string directory) => Path.Combine(directory, Results);

    /// <summary>The directory of a submission's batch, which is made if it isn't there.</summary>
    /// <exception cref="BatchJobRejectedException">There are too many batches.</exception>
    public string DirectoryFor(GridSubmission submission)
    {
        var directory = Path.Combine(root, string.Create(CultureInfo.InvariantCulture, $"{Beginning}{submission.Cores}-{submission.Memory.Bytes}"));
        if (Directory.Exists(directory))
        {
            return directory;
        }

        if (directory.Any(char.IsWhiteSpace) || directory.Contains('"', StringComparison.Ordinal))
        {
            throw new BatchJobRejectedException(NamesOf(submission), $"Parasol takes no paths with blanks or quotes, such as {directory}. Choose another directory with --batchLogsDir.");
        }

        if (All().Length >= most)
        {
            throw new BatchJobRejectedException(
                NamesOf(submission), $"its request differs from those of all other jobs, and there are {most} Parasol batches already, one for each kind of request. --parasolMaxBatches allows more.");
        }

        Directory.CreateDirectory(directory);
        return directory;
    }

    /// <summary>Reads what has been added to the results files.</summary>
    /// <returns>The results files of batches in which jobs have crashed.</returns>
    public IReadOnlyCollection<string> ReadResults()
    {
        var crashed = new HashSet<string>();
        foreach (var file in All().Select(ResultsIn).Where(File.Exists))
        {
            foreach (var end in ReadNew(file))
            {
                _ends[end.Id] = end;
                if (end.ExitCode is not 0)
                {
                    crashed.Add(file);
                }
            }
        }

        return crashed;
    }

    /// <summary>How a job has ended, once; null while that isn't known.</summary>
    public BatchJobEnd? TakeEnd(string id) => _ends.Remove(id, out var end) ? end : null;

    private static string[] NamesOf(GridSubmission submission) => [.. submission.Jobs.Select(job => job.Name)];

    private string[] All() => Directory.Exists(root) ? Directory.GetDirectories(root, $"{Beginning}*") : [];

    /// <summary>A line that isn't whole yet waits for the next time.</summary>
    private List<BatchJobEnd> ReadNew(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var from = _offsets.GetValueOrDefault(path);
        var ends = new List<BatchJobEnd>();
        if (file.Length <= from)
        {
            return ends;
        }

        file.Seek(from, SeekOrigin.Begin);
        var text = new byte[file.Length - from];
        text = text[..file.ReadAtLeast(text, text.Length, throwOnEndOfStream: false)];
        var whole = Array.LastIndexOf(text, (byte)'\n') + 1;
        _offsets[path] = from + whole;
        foreach (var line in System.Text.Encoding.UTF8.GetString(text, 0, whole).Split('\n'))
        {
            if (ParasolOutput.ParseResult(line) is { } end)
            {
                ends.Add(end);
            }
        }

        return ends;
    }
}
