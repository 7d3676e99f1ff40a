using Toil.Values;

namespace Toil.Scripting;

/// <summary>A module that a job's code uses, as it was loaded where the job was made.</summary>
internal sealed record ModuleReference(string Name, string Version, string Path)
{
    public void WriteTo(ByteWriter writer)
    {
        writer.WriteString(Name);
        writer.WriteString(Version);
        writer.WriteString(Path);
    }

    public static ModuleReference ReadFrom(ref ByteReader reader) => new(reader.ReadString(), reader.ReadString(), reader.ReadString());
}
