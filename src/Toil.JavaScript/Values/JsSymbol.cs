namespace Toil.JavaScript.Values;

internal sealed class JsSymbol(string? description)
{
    public static readonly JsSymbol Iterator = new("Symbol.iterator");
    public static readonly JsSymbol HasInstance = new("Symbol.hasInstance");
    public static readonly JsSymbol ToPrimitive = new("Symbol.toPrimitive");
    public static readonly JsSymbol ToStringTag = new("Symbol.toStringTag");
    public static readonly JsSymbol Species = new("Symbol.species");
    public static readonly JsSymbol Unscopables = new("Symbol.unscopables");
    public static readonly JsSymbol AsyncIterator = new("Symbol.asyncIterator");

    public string? Description => description;

    /// <summary>True for the names of private class members, which no enumeration shows.</summary>
    public bool IsPrivate { get; init; }

    public override string ToString() => $"Symbol({description})";
}
