namespace Toil.Integration.Workflows;

/// <summary>Jobs that write, read and delete files.</summary>
internal static class FileJobs
{
    /// <summary>Writes files, each of which a child changes, and lets a follow-on join and delete them all.</summary>
    public static async Task<Job> Write(JobContext job, Plan plan, int count)
    {
        plan.Begin(job);
        var written = new List<FileId>();
        for (var i = 0; i < count; i++)
        {
            await using var stream = await job.Files.OpenWriteAsync($"part {i}.txt");
            await stream.WriteAsync(Enumerable.Repeat((byte)('a' + (i % 26)), 1000 + i).ToArray());
            await stream.DisposeAsync();
            written.Add(stream.FileId);
        }

        var raised = written.Select(file => job.AddChild(Job.Of(Raise, plan, file))).ToList();
        return job.AddFollowOn(Job.Of(Gather, plan, written, raised));
    }

    /// <summary>Writes small files, and returns how many.</summary>
    public static async Task<int> WriteMany(JobContext job, Plan plan, int count)
    {
        plan.Begin(job);
        for (var i = 0; i < count; i++)
        {
            await using var stream = await job.Files.OpenWriteAsync($"{i}");
            stream.WriteByte(1);
        }

        return count;
    }

    /// <summary>Writes the file's text in capitals, by way of a local file.</summary>
    public static async Task<FileId> Raise(JobContext job, Plan plan, FileId input)
    {
        var local = await job.Files.ReadAsync(input);
        var output = Path.Combine(job.TempDirectory, "raised.txt");
        await File.WriteAllTextAsync(output, (await File.ReadAllTextAsync(local)).ToUpperInvariant());
        var raised = await job.Files.WriteAsync(output);

        // The line comes after the write, so that a kill finds attempts that have written and aren't committed.
        plan.Begin(job);
        return raised;
    }

    /// <summary>Joins files into one, deletes them and what they were made of, and returns the text's summary.</summary>
    public static async Task<string> Gather(JobContext job, Plan plan, List<FileId> originals, List<FileId> raised)
    {
        plan.Begin(job);
        await using var joined = await job.Files.OpenWriteAsync("joined.txt");
        foreach (var file in raised)
        {
            await using var part = await job.Files.OpenReadAsync(file);
            await part.CopyToAsync(joined);
        }

        await joined.DisposeAsync();
        originals.ForEach(job.Files.Delete);
        raised.ForEach(job.Files.Delete);
        return $"{joined.FileId.Size} bytes";
    }

    /// <summary>Runs a command, and returns the promise of the first line of its output.</summary>
    public static Job RunCommand(JobContext job, Plan plan)
    {
        plan.Begin(job);
        var command = job.AddChild(Job.Command("sh", "-c", "printf 'one\\ntwo\\n'"));
        return command.AddChild(Job.Of(ReadOutput, plan, command.Rv("Output")));
    }

    /// <summary>Returns the first line of a command's output.</summary>
    public static async Task<string> ReadOutput(JobContext job, Plan plan, FileId output)
    {
        plan.Begin(job);
        return (await File.ReadAllLinesAsync(await job.Files.ReadAsync(output)))[0];
    }

    /// <summary>Adds pairs of jobs that write and read a large file, and returns the promise of what was read altogether.</summary>
    public static Job AddBulk(JobContext job, Plan plan, int count)
    {
        plan.Begin(job);
        var sizes = Enumerable.Range(0, count).Select(_ =>
        {
            var writer = job.AddChild(Job.Of(WriteLarge, plan));
            return writer.AddChild(Job.Of(ReadLarge, plan, writer));
        }).ToList();
        return job.AddFollowOn(Job.Of(GraphJobs.Sum, plan, sizes));
    }

    /// <summary>Writes a file in the job's own directory, and from there to the job store.</summary>
    public static async Task<FileId> WriteLarge(JobContext job, Plan plan)
    {
        GraphJobs.WaitForGate(job, plan);
        var path = Path.Combine(job.TempDirectory, "large");
        await File.WriteAllBytesAsync(path, new byte[100_000]);
        return await job.Files.WriteAsync(path);
    }

    public static async Task<long> ReadLarge(JobContext job, Plan plan, FileId file)
    {
        plan.Begin(job);
        return new FileInfo(await job.Files.ReadAsync(file)).Length;
    }

    public static async Task<FileId> WriteOne(JobContext job, Plan plan)
    {
        plan.Begin(job);
        await using var stream = await job.Files.OpenWriteAsync("one");
        await stream.WriteAsync(new byte[1000]);
        await stream.DisposeAsync();
        return stream.FileId;
    }

    /// <summary>Its first try writes two files and fails; the second writes none.</summary>
    public static async Task<int> FailOnceWithFiles(JobContext job, Plan plan)
    {
        plan.Begin(job);
        if (job.TryNumber == 1)
        {
            await job.Files.WriteAsync(job.Files.CreateTempFile());
            await (await job.Files.OpenWriteAsync("left behind")).DisposeAsync();
            throw new InvalidOperationException("The first try fails.");
        }

        return job.TryNumber;
    }
}
