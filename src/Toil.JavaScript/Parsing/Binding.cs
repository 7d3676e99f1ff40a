namespace Toil.JavaScript.Parsing;

internal enum BindingKind
{
    Var,
    Parameter,
    Function,
    Let,
    Const,
    Class,

    /// <summary>The name of a function expression within itself.</summary>
    FunctionName,
    Arguments,
}

/// <summary>A declared variable and where it lives at run time.</summary>
internal sealed class Binding(string name, BindingKind kind, int position)
{
    public string Name => name;

    public BindingKind Kind { get; set; } = kind;

    /// <summary>Where its declaration ends: a use before that may find it uninitialized.</summary>
    public int ReadyAt { get; set; } = position;

    /// <summary>Whether a function within uses it: then it lives in a scope object, else in the frame.</summary>
    public bool IsCaptured { get; set; }

    public bool NeedsCheck { get; set; }

    public int Slot { get; set; } = -1;

    public bool IsLexical => Kind is BindingKind.Let or BindingKind.Const or BindingKind.Class;

    public bool IsConstant => Kind is BindingKind.Const or BindingKind.FunctionName;
}
