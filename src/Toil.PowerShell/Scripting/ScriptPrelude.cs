using System.Management.Automation.Language;
using System.Text;
using Toil.Values;

namespace Toil.Scripting;

/// <summary>What has to be there before a job's code can name the classes and enums that it uses.</summary>
/// <param name="Modules">The modules of <c>using module</c> statements: paths, or names.</param>
/// <param name="Types">The type definitions of scripts, each file's as one text.</param>
internal sealed record ScriptPrelude(IReadOnlyList<string> Modules, IReadOnlyList<SourceText> Types)
{
    public static readonly ScriptPrelude Empty = new([], []);

    public bool IsEmpty => Modules.Count == 0 && Types.Count == 0;

    /// <param name="pieces">The block and the functions that it calls.</param>
    public static ScriptPrelude Of(IEnumerable<Ast> pieces)
    {
        var (modules, types) = (new List<string>(), new List<SourceText>());
        foreach (var file in pieces.GroupBy(Root).Where(group => group.Key is not null))
        {
            var defined = DefinedIn(file.Key!);
            if (defined.Exists(type => file.Any(piece => piece.Extent.Text.Contains(type.Name, StringComparison.OrdinalIgnoreCase))))
            {
                types.Add(TextOf(defined));
            }

            if (file.Concat(defined).Any(NamesForeignType))
            {
                modules.AddRange(ModulesOf(file.Key!));
            }
        }

        return modules.Count + types.Count == 0 ? Empty : new ScriptPrelude([.. modules.Distinct()], types);
    }

    /// <summary>The names that the types' methods call.</summary>
    public IEnumerable<string> Calls() => Types.SelectMany(types => CalledCommands.NamesIn(Parser.ParseInput(types.Text, out _, out _)));

    public void WriteTo(ByteWriter writer)
    {
        writer.WriteUnsigned((ulong)Modules.Count);
        foreach (var module in Modules)
        {
            writer.WriteString(module);
        }

        writer.WriteUnsigned((ulong)Types.Count);
        foreach (var types in Types)
        {
            types.WriteTo(writer);
        }
    }

    public static ScriptPrelude ReadFrom(ref ByteReader reader)
    {
        var modules = new string[reader.ReadCount()];
        for (var i = 0; i < modules.Length; i++)
        {
            modules[i] = reader.ReadString();
        }

        var types = new SourceText[reader.ReadCount()];
        for (var i = 0; i < types.Length; i++)
        {
            types[i] = SourceText.ReadFrom(ref reader);
        }

        return modules.Length + types.Length == 0 ? Empty : new ScriptPrelude(modules, types);
    }

    private static ScriptBlockAst? Root(Ast piece)
    {
        var root = piece;
        while (root.Parent is not null)
        {
            root = root.Parent;
        }

        return root as ScriptBlockAst;
    }

    private static List<TypeDefinitionAst> DefinedIn(ScriptBlockAst script) => [.. script.EndBlock?.Statements.OfType<TypeDefinitionAst>() ?? []];

    /// <summary>One text in which each definition stands on its line.</summary>
    private static SourceText TextOf(List<TypeDefinitionAst> types)
    {
        var first = FunctionSource.TextOf(types[0]);
        var text = new StringBuilder(first.Text);
        var line = types[0].Extent.EndLineNumber;
        foreach (var type in types.Skip(1))
        {
            text.Append(type.Extent.StartLineNumber == line ? ";" : "").Append('\n', type.Extent.StartLineNumber - line).Append(type.Extent.Text);
            line = type.Extent.EndLineNumber;
        }

        return first with { Text = text.ToString() };
    }

    /// <summary>Whether it names a type that isn't PowerShell's or .NET's own.</summary>
    private static bool NamesForeignType(Ast piece) => piece.FindAll(ast => ast is TypeExpressionAst or TypeConstraintAst, searchNestedScriptBlocks: true)
        .SelectMany(ast => Leaves(ast is TypeExpressionAst expression ? expression.TypeName : ((TypeConstraintAst)ast).TypeName))
        .Any(name => name.GetReflectionType() is not { Assembly.IsDynamic: false });

    private static IEnumerable<ITypeName> Leaves(ITypeName name) => name switch
    {
        ArrayTypeName array => Leaves(array.ElementType),
        GenericTypeName generic => generic.GenericArguments.SelectMany(Leaves),
        _ => [name],
    };

    private static IEnumerable<string> ModulesOf(ScriptBlockAst script) =>
        from statement in script.UsingStatements
        where statement.UsingStatementKind == UsingStatementKind.Module
        let name = statement.Name?.Value ?? ModuleName(statement.ModuleSpecification)
        where name is not null
        select IsPath(name) ? Path.GetFullPath(name, FolderOf(script)) : name;

    private static string? ModuleName(HashtableAst specification) =>
        ((System.Collections.Hashtable)specification.SafeGetValue())["ModuleName"] as string;

    private static bool IsPath(string name) => name.Contains('/', StringComparison.Ordinal) || name.EndsWith(".psm1", StringComparison.OrdinalIgnoreCase) || name.EndsWith(".psd1", StringComparison.OrdinalIgnoreCase);

    private static string FolderOf(ScriptBlockAst script) => Path.GetDirectoryName(script.Extent.File) ?? Environment.CurrentDirectory;
}
