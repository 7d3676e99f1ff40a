using Toil.Values;

namespace Toil.Scripting;

/// <summary>A function of the user's session that a job's code calls.</summary>
/// <param name="Name">Its name.</param>
/// <param name="IsDefinition">Whether the source is a whole function statement; otherwise it is a body only.</param>
/// <param name="Source">Its text.</param>
internal sealed record ShippedFunction(string Name, bool IsDefinition, SourceText Source)
{
    public void WriteTo(ByteWriter writer)
    {
        writer.WriteString(Name);
        writer.WriteBool(IsDefinition);
        Source.WriteTo(writer);
    }

    public static ShippedFunction ReadFrom(ref ByteReader reader) => new(reader.ReadString(), reader.ReadBool(), SourceText.ReadFrom(ref reader));
}
