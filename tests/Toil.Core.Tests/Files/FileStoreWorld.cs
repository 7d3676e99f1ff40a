using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using Toil.Agents;
using Toil.Files;
using Toil.Tests.Fakes;
using Xunit;

namespace Toil.Tests.Files;

/// <summary>A job store's directory, a node's work directory, and attempts between them.</summary>
internal sealed class FileStoreWorld : IDisposable
{
    private readonly TemporaryDirectory _place = new();
    private int _attempts;

    /// <param name="work">The work directory; null for one on the job store's file system.</param>
    /// <param name="store">The job store's directory; null for a fresh one.</param>
    public FileStoreWorld(string? work = null, string? store = null)
    {
        Store = Directory.CreateDirectory(store ?? _place["store"]).FullName;
        Work = Directory.CreateDirectory(work ?? _place["work"]).FullName;
        Depot = new FileDepot(Store, key => Deleters.TryGetValue(key, out var job) ? new FileDeletion(job, IsCleanup: false) : null, Disk);
    }

    public static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public string Store { get; }

    public string Work { get; }

    public FileDepot Depot { get; }

    public ObservedDisk Disk { get; } = new();

    /// <summary>The node's cache; null for none.</summary>
    public NodeCache? Cache { get; set; }

    /// <summary>Which job has deleted the file of a key.</summary>
    public Dictionary<string, string> Deleters { get; } = [];

    public AttemptFileStore Open(bool linkImports = false) => new(Depot, new AttemptId(7, 1, ++_attempts), Work, Cache, linkImports);

    /// <summary>For promises about files that are linked. Where files can share bytes instead, each side has its own.</summary>
    public void SkipWhereFilesAreCloned()
    {
        var isCloned = FileClone.TryClone(Outside("clone-from", ""), OutsidePath("clone-to"), FileModes.PrivateFile) == FilePlacement.Private;
        Assert.SkipWhen(isCloned, "This file system shares bytes between files, so nothing is linked on it.");
    }

    /// <summary>A file outside of every attempt's directory.</summary>
    public string Outside(string name, string content) => _place.Write(name, content);

    public string OutsidePath(string name) => _place[name];

    /// <summary>A global file that an earlier attempt has written and committed.</summary>
    public async Task<FileId> GlobalAsync(string name, string content, bool executable = false)
    {
        await using var store = Open();
        var file = await store.WriteAsync(MakeFile(store, name, content, executable), null, false, Cancel);
        await store.SyncAsync(Cancel);
        return file;
    }

    public static string MakeFile(AttemptFileStore store, string name, string content, bool executable = false)
    {
        var path = Path.Combine(store.TempDirectory, name);
        File.WriteAllText(path, content);
        if (executable)
        {
            Modes.Set(path, "744");
        }

        return path;
    }

    public string PathOf(FileId file) => Path.Combine(Store, file.Key);

    public string TextOf(FileId file) => File.ReadAllText(PathOf(file));

    /// <summary>Everything in the job store, as paths relative to it.</summary>
    public IEnumerable<string> Stored() =>
        Directory.EnumerateFiles(Store, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(Store, path));

    /// <summary>Changes a file under the name that a job has for it, whatever its permissions, and makes sure that its time of modification moves.</summary>
    public static void ChangeInPlace(string path, string content)
    {
        var mode = Modes.Get(path);
        Modes.Set(path, "644");
        File.WriteAllText(path, content);
        File.SetLastWriteTimeUtc(path, DateTime.UtcNow.AddSeconds(2));
        Modes.Set(path, mode);
    }

    public static string Run(string command, params string[] arguments)
    {
        using var process = Start(new ProcessStartInfo(command, arguments) { RedirectStandardOutput = true, RedirectStandardError = true });
        var output = process.StandardOutput.ReadToEnd() + process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : string.Create(CultureInfo.InvariantCulture, $"exit {process.ExitCode}: {output}");
    }

    public void Dispose() => _place.Dispose();

    private static Process Start(ProcessStartInfo start)
    {
        const int beingWritten = 26;
        while (true)
        {
            try
            {
                return Process.Start(start)!;
            }
            catch (Win32Exception error) when (error.NativeErrorCode == beingWritten)
            {
                // What another test is starting holds the file that was just written, until it runs its own program.
            }
        }
    }
}
