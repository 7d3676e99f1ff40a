using System.Globalization;

namespace Toil.Integration.Workflows;

/// <summary>Jobs of every vehicle that work out squares: in C#, by a command, or by way of a file.</summary>
internal static class MixedJobs
{
    /// <summary>Adds five jobs for every three numbers, and returns the promise of the sum of the squares.</summary>
    public static Job AddAll(JobContext job, Plan plan, int numbers)
    {
        plan.Begin(job);
        var squares = Enumerable.Range(1, numbers).Select(number =>
        {
            var (first, last) = Square(plan, number);
            job.AddChild(first);
            return last;
        }).ToList();
        return job.AddFollowOn(Job.Of(GraphJobs.Sum, plan, squares));
    }

    /// <summary>Writes the square to a file, in text.</summary>
    public static async Task<FileId> WriteSquare(JobContext job, Plan plan, long number)
    {
        var path = Path.Combine(job.TempDirectory, "square");
        await File.WriteAllTextAsync(path, (number * number).ToString(CultureInfo.InvariantCulture));
        var file = await job.Files.WriteAsync(path);

        // The line comes after the write, so that a kill finds attempts that have written and aren't committed.
        plan.Begin(job);
        return file;
    }

    /// <summary>Reads a number from the first of some files, and deletes them all.</summary>
    public static async Task<long> ReadNumber(JobContext job, Plan plan, List<FileId> files)
    {
        plan.Begin(job);
        var text = await File.ReadAllTextAsync(await job.Files.ReadAsync(files[0]));
        files.ForEach(job.Files.Delete);
        return long.Parse(text, CultureInfo.InvariantCulture);
    }

    private static (Job First, Job Last) Square(Plan plan, int number)
    {
        switch (number % 3)
        {
            case 0:
                var simple = Job.Of(GraphJobs.Square, plan, number);
                return (simple, simple);
            case 1:
                var command = Job.Command("sh", "-c", "echo $(($0 * $0))", number);
                return (command, command.AddChild(Job.Of(ReadNumber, plan, new object[] { command.Rv("Output"), command.Rv("Error") })));
            default:
                var writer = Job.Of(WriteSquare, plan, number);
                return (writer, writer.AddChild(Job.Of(ReadNumber, plan, new object[] { writer })));
        }
    }
}
