using System.Globalization;
using Toil.JobStores;
using Toil.Values;

namespace Toil.Agents;

/// <summary>One run of a job. Numbers never repeat: each leader counts within its own epoch.</summary>
internal readonly record struct AttemptId(long Job, int Epoch, int Number)
{
    /// <summary>What the keys of the files begin with that the attempt writes: <c>files/folder/job-epoch.number-</c>.</summary>
    public string FilePrefix => string.Create(CultureInfo.InvariantCulture, $"{FilePrefixOf(Job)}{Epoch}.{Number}-");

    /// <summary>What the keys of the files begin with that a job's attempts write. So many jobs share a folder that folders cost little, and so few that listing one does.</summary>
    public static string FilePrefixOf(long job) => string.Create(CultureInfo.InvariantCulture, $"{JobStoreLayout.Files}{job >> 6}/{job}-");

    /// <summary>The attempt that wrote a file; null for an import.</summary>
    public static AttemptId? WriterOf(string fileKey)
    {
        var name = fileKey.AsSpan(fileKey.LastIndexOf('/') + 1);
        return TrySplit(ref name, '-', out var job) && TrySplit(ref name, '.', out var epoch) && TrySplit(ref name, '-', out var number)
            && new AttemptId(job, (int)epoch, (int)number) is var writer && fileKey.StartsWith(writer.FilePrefix, StringComparison.Ordinal)
                ? writer
                : null;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Job}-{Epoch}.{Number}");

    public void WriteTo(ByteWriter writer)
    {
        writer.WriteVarint(Job);
        writer.WriteVarint(Epoch);
        writer.WriteVarint(Number);
    }

    public static AttemptId ReadFrom(ref ByteReader reader) => new(reader.ReadVarint(), (int)reader.ReadVarint(), (int)reader.ReadVarint());

    private static bool TrySplit(ref ReadOnlySpan<char> text, char end, out long number)
    {
        var length = text.IndexOf(end);
        number = 0;
        if (length < 0 || !long.TryParse(text[..length], NumberStyles.None, CultureInfo.InvariantCulture, out number))
        {
            return false;
        }

        text = text[(length + 1)..];
        return true;
    }
}
