using System.Globalization;

namespace Toil.Integration.Tests;

/// <summary>One run of a job, as the job itself wrote it down.</summary>
internal readonly record struct RunLine(long Job, int Epoch, int Number, string Name);

/// <summary>The file in which every run of every job is a line.</summary>
internal sealed class RunsFile(string path)
{
    public string Path => path;

    /// <summary>The complete lines so far.</summary>
    public IReadOnlyList<RunLine> Read()
    {
        if (!File.Exists(path))
        {
            return [];
        }

        var text = File.ReadAllText(path);
        return [.. text[..(text.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Parse)];
    }

    public int Count => Read().Count;

    public Task WaitForAsync(int lines) => Deadline.UntilAsync(() => Count >= lines, $"{lines} lines in {path}");

    private static RunLine Parse(string line)
    {
        var parts = line.Split(' ', 2);
        var numbers = parts[0].Split('-', '.').Select(part => long.Parse(part, CultureInfo.InvariantCulture)).ToList();
        return new RunLine(numbers[0], (int)numbers[1], (int)numbers[2], parts[1]);
    }
}
