using System.Collections.Concurrent;

namespace Toil.Journaling;

/// <summary>Open segments for reading single records, opened when first asked for.</summary>
internal sealed class SegmentFiles(IJournalFiles files) : IDisposable
{
    /// <summary>The first segment that a replay has read, and so checked; or one that is written here. What is older is checked when it is read.</summary>
    public SegmentId CheckedFrom { get; set; } = SegmentId.FromNumber(int.MaxValue);

    private readonly ConcurrentDictionary<int, Lazy<IJournalFile>> _open = new();

    public byte[] Read(RecordLocation location)
    {
        var bytes = GC.AllocateUninitializedArray<byte>(location.Length);
        var got = Open(location.Segment).Read(location.Offset, bytes);
        return got == bytes.Length
            ? bytes
            : throw Damaged(location.Segment, location.Offset + got, "the file ends within a record");
    }

    public void Dispose()
    {
        foreach (var file in _open.Values)
        {
            if (file.IsValueCreated)
            {
                file.Value.Dispose();
            }
        }
    }

    private IJournalFile Open(int number) => _open.GetOrAdd(number, OpenLazily).Value;

    private Lazy<IJournalFile> OpenLazily(int number) => new(() =>
    {
        var id = SegmentId.FromNumber(number);
        var file = files.TryOpen(id.FileName) ?? throw Damaged(number, 0, "the file is missing");
        return id < CheckedFrom ? new CheckedSegment(file, id, (offset, finding) => Damaged(number, offset, finding)) : file;
    });

    private JournalDamagedException Damaged(int number, long offset, string finding) =>
        new(new JournalDamage(files.Describe(SegmentId.FromNumber(number).FileName), offset, finding));
}
