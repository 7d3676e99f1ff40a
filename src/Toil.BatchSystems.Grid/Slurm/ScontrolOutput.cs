namespace Toil.BatchSystems.Grid.Slurm;

/// <summary>What <c>scontrol --oneliner show job</c> prints: a line for each job, of fields <c>Name=value</c> with blanks in between.</summary>
internal static class ScontrolOutput
{
    public static IReadOnlyList<BatchJobStatus> ParseStatuses(string output, string prefix) =>
        [.. Jobs(output).Where(fields => fields.GetValueOrDefault("JobName", "").StartsWith(prefix, StringComparison.Ordinal)).SelectMany(StatusesOf)];

    public static IReadOnlyList<BatchJobEnd> ParseEnds(string output) =>
        [.. Jobs(output).SelectMany(StatusesOf).Select(status => status.End).OfType<BatchJobEnd>()];

    private static IEnumerable<BatchJobStatus> StatusesOf(Dictionary<string, string> fields) => IdsOf(fields).Select(id => SqueueOutput.StatusOf(
        id, fields.GetValueOrDefault("JobName", ""), fields["JobState"], fields.GetValueOrDefault("StartTime", ""), fields.GetValueOrDefault("NodeList", ""),
        fields.GetValueOrDefault("Reason", ""), fields.GetValueOrDefault("ExitCode")));

    /// <summary>Elements of an array that still wait together are one line: <c>ArrayTaskId=3-5,9%2</c>.</summary>
    private static IEnumerable<string> IdsOf(Dictionary<string, string> fields)
    {
        if (!fields.TryGetValue("ArrayTaskId", out var elements))
        {
            return [fields["JobId"]];
        }

        return SlurmIds.RangesIn(elements).SelectMany(range => Enumerable.Range(range.First, range.Last - range.First + 1)).Select(element => $"{fields["ArrayJobId"]}_{element}");
    }

    private static IEnumerable<Dictionary<string, string>> Jobs(string output)
    {
        foreach (var line in output.Split('\n').Where(line => line.StartsWith("JobId=", StringComparison.Ordinal)))
        {
            var fields = new Dictionary<string, string>();
            foreach (var word in line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                // A comment with blanks may hold anything: the first of a name counts, and those that count come before it.
                if (word.IndexOf('=') is > 0 and var at)
                {
                    fields.TryAdd(word[..at], word[(at + 1)..]);
                }
            }

            if (fields.ContainsKey("JobState"))
            {
                yield return fields;
            }
        }
    }
}
