namespace Toil.JavaScript;

/// <summary>A script that doesn't parse, that threw, or whose result can't leave it. The message of a thrown Error is <c>name: message</c>.</summary>
internal class ScriptException : Exception
{
    public ScriptException(string message, string sourceName, int line, int column)
        : base(message)
    {
        SourceName = sourceName;
        Line = line;
        Column = column;
    }

    /// <summary>The name that was given with the source in which it happened: a library's, when its function failed.</summary>
    public string SourceName { get; }

    /// <summary>Counted from 1; 0 where no place is known.</summary>
    public int Line { get; }

    /// <summary>Counted from 1, in UTF-16 units; 0 where no place is known.</summary>
    public int Column { get; }
}
