using System.Globalization;
using Toil.Values;

namespace Toil.Agents;

/// <summary>One run of a job. Numbers never repeat: each leader counts within its own epoch.</summary>
internal readonly record struct AttemptId(long Job, int Epoch, int Number)
{
    /// <summary>Where the attempt's files and logs stand under <c>files/</c> and <c>logs/</c>.</summary>
    public string Folder => string.Create(CultureInfo.InvariantCulture, $"{Job}/{Epoch}.{Number}");

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Job}-{Epoch}.{Number}");

    public void WriteTo(ByteWriter writer)
    {
        writer.WriteVarint(Job);
        writer.WriteVarint(Epoch);
        writer.WriteVarint(Number);
    }

    public static AttemptId ReadFrom(ref ByteReader reader) => new(reader.ReadVarint(), (int)reader.ReadVarint(), (int)reader.ReadVarint());
}
