namespace Toil.JavaScript.Parsing;

internal enum FunctionKind
{
    Program,
    Normal,
    Arrow,
    Method,
    Getter,
    Setter,
    Constructor,
    DerivedConstructor,

    /// <summary>The values of a class's fields, run for each new object.</summary>
    Fields,
}

/// <summary>The code of a function or script: shared by all closures over it, never changed once parsed.</summary>
internal sealed class FunctionInfo(Program program, FunctionKind kind, int position)
{
    public Program Program => program;

    public FunctionKind Kind => kind;

    public int Position => position;

    public string Name { get; set; } = "";

    public bool IsGenerator { get; init; }

    /// <summary>Whether it is sloppy code: <c>this</c> is never undefined, and assigning to an unknown name makes a global variable.</summary>
    public bool IsSloppy { get; set; }

    public bool IsArrow => kind == FunctionKind.Arrow;

    public bool IsClassConstructor => kind is FunctionKind.Constructor or FunctionKind.DerivedConstructor;

    /// <summary>Whether <c>new</c> works on it.</summary>
    public bool IsConstructor => !IsGenerator && (kind == FunctionKind.Normal || IsClassConstructor);

    public ScopeInfo Scope { get; set; } = null!;

    public List<ITarget> Parameters { get; } = [];

    public ITarget? Rest { get; set; }

    /// <summary>The function's <c>length</c>: parameters before the first default or rest.</summary>
    public int Length { get; set; }

    /// <summary>Where plain parameters go in the frame; null when some need more than copying.</summary>
    public int[]? PlainSlots { get; set; }

    public Statement[] Body { get; set; } = [];

    public int FrameSlots { get; set; }

    public Binding? Arguments { get; set; }

    /// <summary>Where a function expression finds itself by name.</summary>
    public Binding? Self { get; set; }

    public int End { get; set; }

    /// <summary>Top-level var and function names of a script: properties of the global object.</summary>
    public List<string> GlobalNames { get; } = [];

    public List<GlobalLexicalInfo> GlobalLexicals { get; } = [];
}

/// <summary>A top-level let, const or class of a script.</summary>
internal sealed record GlobalLexicalInfo(string Name, bool IsConstant);
