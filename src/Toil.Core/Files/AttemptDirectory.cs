using Toil.JobStores;

namespace Toil.Files;

/// <summary>The directory in which one attempt works. Most jobs need none, so it is made when it is first asked for.</summary>
internal sealed class AttemptDirectory(string path, SpareDirectories? spares = null)
{
    /// <summary>What is read without a path of its own goes in here, so that it never takes a name that the job wants to use. Hidden, so that a job finds its directory empty.</summary>
    public const string Inputs = ".inputs";

    private readonly Lock _making = new();
    private readonly Dictionary<string, int> _used = [];
    private string? _real;

    public string Path
    {
        get
        {
            _ = Real;
            return path;
        }
    }

    private string Real
    {
        get
        {
            lock (_making)
            {
                return _real ??= Make();
            }
        }
    }

    /// <summary>What a path means to a job: one that is relative begins here.</summary>
    public string Resolve(string given)
    {
        ArgumentException.ThrowIfNullOrEmpty(given);
        return System.IO.Path.IsPathFullyQualified(given) ? System.IO.Path.GetFullPath(given) : System.IO.Path.GetFullPath(given, Path);
    }

    /// <param name="real">A path without symbolic links.</param>
    public bool Holds(string real) => real.StartsWith(Real + "/", StringComparison.Ordinal);

    public string CreateFile(string prefix, string suffix)
    {
        while (true)
        {
            var file = NewPath(prefix, suffix);
            using var made = FileCopy.TryCreate(file, FileModes.PrivateFile);
            if (made is not null)
            {
                return file;
            }
        }
    }

    public string CreateDirectory(string prefix)
    {
        var directory = NewPath(prefix, "");
        FileModes.MakeDirectory(directory);
        return directory;
    }

    /// <summary>The next path to try for an input of that name; others may have used it without us.</summary>
    public string NextInputPath(string name)
    {
        var inputs = System.IO.Path.Combine(Path, Inputs);
        FileModes.MakeDirectory(inputs);
        lock (_used)
        {
            var number = _used.GetValueOrDefault(name) + 1;
            _used[name] = number;
            return System.IO.Path.Combine(inputs, FileNames.Numbered(name, number));
        }
    }

    /// <summary>The size of all files in it, as far as they can be seen.</summary>
    public ByteSize Measure() => _real is { } directory ? TempTree.Measure(directory) : default;

    public Task RemoveAsync() => _real is null || spares?.TryKeep(path) == true ? Task.CompletedTask : Task.Run(() => TempTree.Remove(path));

    private string NewPath(string prefix, string suffix)
    {
        var name = prefix + System.IO.Path.GetRandomFileName().Replace(".", "", StringComparison.Ordinal) + suffix;
        return System.IO.Path.Combine(Path, FileNames.Check(name));
    }

    private string Make()
    {
        try
        {
            if (spares?.TryTake(path) != true)
            {
                FileModes.MakeDirectory(path);
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw StorageFailure.From(failure, "make the directory", path);
        }

        return RealPath.Of(path) ?? throw new ToilException($"{path} has vanished. Was the work directory removed while in use?");
    }
}
