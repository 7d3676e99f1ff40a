namespace Toil.JavaScript.Parsing;

internal static class Keywords
{
    /// <summary>Whether the name is reserved. Those that are reserved in strict code only, like <c>let</c>, are told apart by the parser.</summary>
    public static bool IsReserved(string name) => name is "break" or "case" or "catch" or "class" or "const" or "continue" or "debugger"
        or "default" or "delete" or "do" or "else" or "enum" or "export" or "extends" or "false" or "finally" or "for" or "function" or "if"
        or "import" or "in" or "instanceof" or "new" or "null" or "return" or "super" or "switch" or "this" or "throw" or "true" or "try"
        or "typeof" or "var" or "void" or "while" or "with";

    public static bool IsReservedInStrictCode(string name) => name is "implements" or "interface" or "let" or "package" or "private"
        or "protected" or "public" or "static" or "yield";
}
