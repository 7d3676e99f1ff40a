using Toil.JobStores;

namespace Toil.Journaling;

/// <summary>The journal's files in a directory. A draft is a file in another directory of the same file system; link(2) gives it its name.</summary>
/// <param name="directory">Their directory.</param>
/// <param name="temporary">Names for drafts.</param>
/// <param name="isSynced">Whether what they hold must outlive a power cut.</param>
internal sealed class DirectoryJournalFiles(string directory, TemporaryFiles temporary, bool isSynced = true) : IJournalFiles
{
    public IReadOnlyList<string> List()
    {
        if (!Directory.Exists(directory))
        {
            // As at every start; the exception would cost milliseconds.
            return [];
        }

        try
        {
            return [.. Directory.EnumerateFiles(directory).Select(path => Path.GetFileName(path))];
        }
        catch (DirectoryNotFoundException)
        {
            return [];
        }
    }

    public bool Exists(string name) => File.Exists(Describe(name));

    public IJournalFile? TryOpen(string name)
    {
        try
        {
            return DiskJournalFile.Open(Describe(name), isSynced);
        }
        catch (Exception absent) when (absent is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    public IJournalFile CreateDraft() => DiskJournalFile.CreateDraft(temporary.NewPath(), isSynced);

    public bool TryPublish(IJournalFile draft, string name)
    {
        var file = (DiskJournalFile)draft;
        file.Sync();
        DurableDirectory.Create(directory);
        if (!AtomicName.TryLink(file.Path, Describe(name)))
        {
            return false;
        }

        file.DropDraftName();
        DurableDirectory.Sync(directory);
        return true;
    }

    public string Describe(string name) => Path.Combine(directory, name);
}
