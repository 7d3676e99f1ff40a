namespace Toil.Worker;

/// <summary>Notices threads that a job left running.</summary>
internal sealed class ThreadWatch
{
    private const string Tasks = "/proc/self/task";

    /// <summary>The runtime's names for threads that it starts because a program asked for them.</summary>
    private static readonly string[] OfJobs = [".NET File", ".NET Long"];

    /// <summary>How the engine's own threads begin, such as those that wait for the disk: they stay for the next job.</summary>
    private const string OfTheEngine = "toil-";

    private readonly HashSet<string> _known = List();

    public bool AnyLeft()
    {
        // A thread that is about to end, such as one of ForEach-Object -Parallel, is given a moment.
        for (var patience = 10; FindStranger() is not null; patience--)
        {
            if (patience == 0)
            {
                return true;
            }

            Thread.Sleep(2);
        }

        return false;
    }

    private string? FindStranger()
    {
        foreach (var thread in List())
        {
            if (!_known.Contains(thread))
            {
                if (!IsOurs(thread))
                {
                    return thread;
                }

                _known.Add(thread);
            }
        }

        return null;
    }

    private static HashSet<string> List() => Directory.Exists(Tasks) ? [.. Directory.EnumerateDirectories(Tasks)] : [];

    private static bool IsOurs(string thread)
    {
        try
        {
            var name = File.ReadAllText($"{thread}/comm");
            return name.StartsWith(OfTheEngine, StringComparison.Ordinal)
                || (name.StartsWith(".NET ", StringComparison.Ordinal) && !Array.Exists(OfJobs, own => name.StartsWith(own, StringComparison.Ordinal)));
        }
        catch (IOException)
        {
            // It has ended meanwhile.
            return true;
        }
    }
}
