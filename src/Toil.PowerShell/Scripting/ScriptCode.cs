using Toil.Values;

namespace Toil.Scripting;

/// <summary>The content of a script job's or a script service's <see cref="Code"/>.</summary>
/// <remarks>
/// A job's begins with the byte 1. A service's begins with 2 and is a job's, whose body is the service's start, with two
/// more pieces of source behind it: check and stop; what it doesn't have is empty text. All three run in the global scope
/// of one runspace, so what one of them sets, the parameters of the start included, the next ones find. Start gets the
/// arguments; its output is the value for the service's users. The others get none: a check whose last output is false says
/// that the service has ended as it should, one that throws that it has failed.
/// </remarks>
/// <param name="Body">The scriptblock; a service's start.</param>
/// <param name="Usings">The using statements of its script.</param>
/// <param name="Functions">The functions that it calls, directly or not.</param>
/// <param name="Modules">The modules that it calls.</param>
internal sealed record ScriptCode(SourceText Body, string Usings, IReadOnlyList<ShippedFunction> Functions, IReadOnlyList<ModuleReference> Modules)
{
    private const byte JobVersion = 1;
    private const byte ServiceVersion = 2;

    /// <summary>The types that it uses.</summary>
    public ScriptPrelude Prelude { get; init; } = ScriptPrelude.Empty;

    /// <summary>A service's check and stop; null for a job.</summary>
    public (SourceText Check, SourceText Stop)? Service { get; init; }

    public Code ToCode(string identity)
    {
        var writer = new ByteWriter();
        writer.WriteByte(Service is null ? JobVersion : ServiceVersion);
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

        Prelude.WriteTo(writer);
        if (Service is { } service)
        {
            service.Check.WriteTo(writer);
            service.Stop.WriteTo(writer);
        }

        return new Code(Vehicle.Script, identity, writer.ToArray());
    }

    /// <summary>The same code where its files stand elsewhere.</summary>
    public ScriptCode Move(Func<string, string> pathOf) => this with
    {
        Body = Body.Move(pathOf),
        Functions = [.. Functions.Select(function => function with { Source = function.Source.Move(pathOf) })],
        Modules = [.. Modules.Select(module => module with { Path = pathOf(module.Path) })],
        Prelude = new ScriptPrelude([.. Prelude.Modules.Select(pathOf)], [.. Prelude.Types.Select(types => types.Move(pathOf))]),
        Service = Service is var (check, stop) ? (check.Move(pathOf), stop.Move(pathOf)) : null,
    };

    public static ScriptCode From(Code code)
    {
        var reader = new ByteReader(code.Content.Span);
        var version = reader.ReadByte();
        if (version is not (JobVersion or ServiceVersion))
        {
            throw new ToilException($"The job's code has format {version}; this version of Toil reads formats {JobVersion} and {ServiceVersion}. Resume with the version that started the workflow.");
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

        return new ScriptCode(body, usings, functions, modules)
        {
            Prelude = ScriptPrelude.ReadFrom(ref reader),
            Service = version == ServiceVersion ? (SourceText.ReadFrom(ref reader), SourceText.ReadFrom(ref reader)) : null,
        };
    }
}
