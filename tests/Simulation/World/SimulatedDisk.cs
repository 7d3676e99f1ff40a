namespace Toil.Simulation.World;

/// <summary>What is on the disk. When the power is cut, a file keeps what was synced and a random part of the rest.</summary>
internal sealed class SimulatedDisk
{
    private readonly Dictionary<string, DiskFile> _published = [];

    public IReadOnlyList<string> Names => [.. _published.Keys];

    public DiskFile? Find(string name) => _published.GetValueOrDefault(name);

    public bool TryPublish(DiskFile file, string name)
    {
        file.Sync();
        return _published.TryAdd(name, file);
    }

    public SimulatedDisk Copy()
    {
        var copy = new SimulatedDisk();
        foreach (var (name, file) in _published)
        {
            copy._published[name] = file.Copy();
        }

        return copy;
    }

    public void CutPower(Random random)
    {
        foreach (var file in _published.Values)
        {
            file.LosePower(random);
        }
    }
}

/// <summary>The bytes of one file, and how many of them a power cut can't take.</summary>
internal sealed class DiskFile
{
    private byte[] _bytes = new byte[512];
    private int _synced;

    public int Length { get; private set; }

    public int Read(long offset, Span<byte> target)
    {
        var count = (int)Math.Clamp(Length - offset, 0, target.Length);
        _bytes.AsSpan((int)Math.Min(offset, Length), count).CopyTo(target);
        return count;
    }

    public void Write(long offset, ReadOnlySpan<byte> bytes)
    {
        var end = (int)offset + bytes.Length;
        if (end > _bytes.Length)
        {
            Array.Resize(ref _bytes, Math.Max(end, _bytes.Length * 2));
        }

        bytes.CopyTo(_bytes.AsSpan((int)offset));
        Length = Math.Max(Length, end);
    }

    public DiskFile Copy() => new() { _bytes = [.. _bytes], _synced = _synced, Length = Length };

    public void Cut(int length)
    {
        Array.Clear(_bytes, length, Length - length);
        Length = length;
    }

    public void Flip(int at, int bit) => _bytes[at] ^= (byte)(1 << bit);

    public void Sync() => _synced = Length;

    public void LosePower(Random random)
    {
        var left = random.Next(_synced, Length + 1);
        Array.Clear(_bytes, left, Length - left);
        Length = left;
        for (var at = _synced; at < Length && random.Next(2) == 0; at += 64)
        {
            // The length may have reached the disk before the bytes.
            Array.Clear(_bytes, at, Math.Min(64, Length - at));
        }

        _synced = Length;
    }
}
