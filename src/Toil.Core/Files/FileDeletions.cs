using Toil.Jobs;
using Toil.JobStores;
using Toil.Journaling;
using Toil.Leader;
using Toil.Values;

namespace Toil.Files;

/// <summary>Why a global file is gone.</summary>
/// <param name="Job">The name of the job that deleted it, or wrote it.</param>
/// <param name="IsCleanup">The job wrote it for the time until everything after it is complete.</param>
internal sealed record FileDeletion(string Job, bool IsCleanup);

/// <summary>Finds in a workflow's journal which job deleted a file, for the error of one that comes too late. Its cost grows with the workflow.</summary>
internal sealed class FileDeletions : ICommitVisitor
{
    private readonly string _key;
    private readonly Dictionary<long, string> _names = [];
    private ReadOnlyMemory<byte> _body;
    private long _job;
    private long _firstNumber;
    private FileDeletion? _found;

    private FileDeletions(string key) => _key = key;

    /// <param name="store">The job store's directory.</param>
    /// <param name="key">The file's key.</param>
    /// <returns>Null when no job has deleted it.</returns>
    public static FileDeletion? Find(string store, string key)
    {
        var journal = Path.Combine(store, JobStoreLayout.Journal.TrimEnd('/'));
        if (!Directory.Exists(journal))
        {
            return null;
        }

        var found = new FileDeletions(key);
        using var reader = new JournalReader(new DirectoryJournalFiles(journal, new FileBlobStore(store, TimeProvider.System).Temporary));
        reader.Replay((_, record) => found.Visit(record), fromStart: true);
        return found._found;
    }

    public void OnValue(int offset, int length, Hole[] holes) { }

    public void OnCode(int offset, int length, Code code) { }

    public void OnJob(int index, int offset, int length, ResourceRequest request, JobTraits traits, Hole[] holes)
    {
        var reader = new ByteReader(_body.Span[offset..]);
        _names[_firstNumber + index] = reader.ReadString();
    }

    public void OnEdge(Edge edge) { }

    public void OnDelete(string fileKey) => Note(fileKey, isCleanup: false);

    public void OnCleanup(string fileKey) => Note(fileKey, isCleanup: true);

    public void OnEnd() { }

    private void Note(string key, bool isCleanup)
    {
        if (key == _key && _names.TryGetValue(_job, out var name))
        {
            _found = new FileDeletion(name, isCleanup);
        }
    }

    private void Visit(ReadOnlySpan<byte> record)
    {
        var reader = new ByteReader(record);
        if ((RecordKind)reader.ReadByte() == RecordKind.Commit)
        {
            var header = CommitHeader.ReadFrom(ref reader);
            (_job, _firstNumber) = (header.Attempt.Job, header.FirstNumber);
            _body = record[reader.Position..].ToArray();
            CommitReader.Read(_body.Span, this);
        }
    }
}
