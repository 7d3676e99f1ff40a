using Toil.Cwl.Running;
using Toil.Files;
using Xunit;
using Record = System.Collections.Generic.OrderedDictionary<string, object?>;

namespace Toil.Cwl.Tests.Running;

public sealed class OutputExportTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("toil-export-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task Export_FilesOfAllKinds_AreDurableBeforeItEnds()
    {
        var disk = new RecordingDisk();
        await File.WriteAllTextAsync(At("elsewhere"), "copied", TestContext.Current.CancellationToken);
        await new OutputExport(At("out"), (_, path) => File.WriteAllTextAsync(path, "of the store"), computesChecksums: false, disk).ExportAsync(new Record
        {
            ["stored"] = FileOf("stored.txt", "location", new FileId("key", "stored.txt", 12, false)),
            ["all"] = new Record
            {
                ["class"] = "Directory",
                ["basename"] = "all",
                ["listing"] = new List<object?> { FileOf("literal.txt", "contents", "text"), FileOf("copy.txt", "location", $"file://{At("elsewhere")}") },
            },
        });

        Assert.Equal([At("out/all/copy.txt"), At("out/all/literal.txt")], disk.Files.Order());
        Assert.Equal([At("out"), At("out/all")], disk.Directories.Keys.Order());
        Assert.Equal(["all", "stored.txt"], disk.Directories[At("out")]);
        Assert.Equal(["copy.txt", "literal.txt"], disk.Directories[At("out/all")]);
    }

    private static Record FileOf(string name, string field, object value) => new() { ["class"] = "File", ["basename"] = name, [field] = value };

    private string At(string name) => Path.Combine(_directory, name);

    /// <summary>Tells which files it was asked to sync, and what stood in directories then.</summary>
    private sealed class RecordingDisk : IDiskSync
    {
        private readonly Lock _gate = new();

        public List<string> Files { get; } = [];

        public Dictionary<string, List<string?>> Directories { get; } = [];

        public void SyncFile(string path)
        {
            lock (_gate)
            {
                Files.Add(path);
            }
        }

        public void SyncDirectory(string path) =>
            Directories[path] = [.. Directory.EnumerateFileSystemEntries(path).Select(Path.GetFileName).Order(StringComparer.Ordinal)];
    }
}
