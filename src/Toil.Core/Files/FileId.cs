using Toil.Values;

namespace Toil;

/// <summary>Names an immutable file in the job store.</summary>
/// <param name="Key">Where the store keeps it.</param>
/// <param name="Name">The base name that the file had when it was written.</param>
/// <param name="Size">Its size in bytes.</param>
/// <param name="Executable">Whether it may be executed by its owner.</param>
public sealed record FileId(string Key, string Name, long Size, bool Executable = false)
{
    public override string ToString() => Key;

    internal void WriteTo(ByteWriter writer)
    {
        writer.WriteString(Key);
        writer.WriteString(Name);
        writer.WriteVarint(Size);
        writer.WriteBool(Executable);
    }

    internal static FileId ReadFrom(ref ByteReader reader) =>
        new(reader.ReadString(), reader.ReadString(), reader.ReadVarint(), reader.ReadBool());
}
