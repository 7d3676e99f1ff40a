namespace Toil.JavaScript;

/// <summary>A script was ended because it used more than <see cref="ScriptLimits"/> allow. Scripts can't catch it.</summary>
internal sealed class ScriptLimitException : ScriptException
{
    public ScriptLimitException(string message, string sourceName = "", int line = 0, int column = 0)
        : base(message, sourceName, line, column)
    {
    }
}
