using Toil.Values;

namespace Toil.Scripting;

/// <summary>The content of a script job's <see cref="Code"/>.</summary>
/// <param name="Body">The scriptblock.</param>
/// <param name="Usings">The using statements of its script.</param>
/// <param name="Functions">The functions that it calls, directly or not.</param>
/// <param name="Modules">The modules that it calls.</param>
internal sealed record ScriptCode(SourceText Body, string Usings, IReadOnlyList<ShippedFunction> Functions, IReadOnlyList<ModuleReference> Modules)
{
    private const byte Version = 1;

    public Code ToCode(string identity)
    {
        var writer = new ByteWriter();
        writer.WriteByte(Version);
        Body.WriteTo(writer);
        writer.WriteString(Usings);
        writer.WriteUnsigned((ulong)Functions.Count);
        foreach (var function in Functions)
        {
            function.WriteTo(writer);
        }

        writer.WriteUnsigned((ulong)Modules.Count);
        foreach (var module in Modules)
        {
            module.WriteTo(writer);
        }

        return new Code(Vehicle.Script, identity, writer.ToArray());
    }

    public static ScriptCode From(Code code)
    {
        var reader = new ByteReader(code.Content.Span);
        if (reader.ReadByte() is var version && version != Version)
        {
            throw new ToilException($"The job's code has format {version}; this version of Toil reads format {Version}. Resume with the version that started the workflow.");
        }

        var body = SourceText.ReadFrom(ref reader);
        var usings = reader.ReadString();
        var functions = new ShippedFunction[reader.ReadCount()];
        for (var i = 0; i < functions.Length; i++)
        {
            functions[i] = ShippedFunction.ReadFrom(ref reader);
        }

        var modules = new ModuleReference[reader.ReadCount()];
        for (var i = 0; i < modules.Length; i++)
        {
            modules[i] = ModuleReference.ReadFrom(ref reader);
        }

        return new ScriptCode(body, usings, functions, modules);
    }
}
