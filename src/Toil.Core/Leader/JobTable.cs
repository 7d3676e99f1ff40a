namespace Toil.Leader;

/// <summary>Rows by job number, in chunks that leave memory once all their jobs are gone.</summary>
internal sealed class JobTable
{
    /// <summary>A chunk of 256 rows is small enough to be made, and collected, as cheaply as other objects are.</summary>
    private const int ChunkBits = 8;
    private const int ChunkSize = 1 << ChunkBits;

    private readonly List<Chunk?> _chunks = [];

    /// <summary>The number that the next job gets.</summary>
    public long NextNumber { get; private set; }

    /// <summary>Rows in memory.</summary>
    public int Live { get; private set; }

    public bool Contains(long number) =>
        number >= 0 && number < NextNumber && _chunks[(int)(number >> ChunkBits)] is { } chunk
        && chunk.Rows[number & (ChunkSize - 1)].State != JobState.Gone;

    public ref JobRow this[long number]
    {
        get
        {
            var chunk = number >= 0 && number < NextNumber ? _chunks[(int)(number >> ChunkBits)] : null;
            if (chunk is null)
            {
                throw new InvalidDataException($"Job {number} isn't in the table; there are jobs up to {NextNumber - 1}, and complete ones are forgotten.");
            }

            return ref chunk.Rows[number & (ChunkSize - 1)];
        }
    }

    /// <summary>Makes the row of a job. Numbers may leave gaps but never go back.</summary>
    public ref JobRow Add(long number)
    {
        if (number < NextNumber)
        {
            throw new InvalidDataException($"Job {number} comes after job {NextNumber - 1}: numbers must grow.");
        }

        SkipTo(number + 1);
        var chunk = _chunks[(int)(number >> ChunkBits)] ??= new Chunk();
        chunk.Live++;
        Live++;
        ref var row = ref chunk.Rows[number & (ChunkSize - 1)];
        row = new JobRow { State = JobState.Waiting, FirstOut = -1, FirstIn = -1 };
        return ref row;
    }

    public void Remove(long number)
    {
        this[number].State = JobState.Gone;
        var chunk = _chunks[(int)(number >> ChunkBits)]!;
        Live--;
        if (--chunk.Live == 0 && (NextNumber >> ChunkBits) > (number >> ChunkBits))
        {
            _chunks[(int)(number >> ChunkBits)] = null;
        }
    }

    /// <summary>The numbers of all rows in memory. For start and reports only: its cost grows with the workflow.</summary>
    public IEnumerable<long> Numbers()
    {
        for (var index = 0; index < _chunks.Count; index++)
        {
            var count = (int)Math.Min(ChunkSize, NextNumber - ((long)index << ChunkBits));
            for (var offset = 0; offset < count && _chunks[index] is not null; offset++)
            {
                if (_chunks[index]!.Rows[offset].State != JobState.Gone)
                {
                    yield return ((long)index << ChunkBits) + offset;
                }
            }
        }
    }

    /// <summary>Continues numbering from here, when numbers were given to jobs that are gone.</summary>
    public void SkipTo(long nextNumber)
    {
        var filling = (int)(NextNumber >> ChunkBits);
        NextNumber = Math.Max(NextNumber, nextNumber);
        while (_chunks.Count <= NextNumber >> ChunkBits)
        {
            _chunks.Add(null);
        }

        // The chunk that numbers have left behind may be empty already; no removal will come to notice it.
        if (NextNumber >> ChunkBits > filling && _chunks[filling] is { Live: 0 })
        {
            _chunks[filling] = null;
        }
    }

    private sealed class Chunk
    {
        public readonly JobRow[] Rows = new JobRow[ChunkSize];
        public int Live;
    }
}
