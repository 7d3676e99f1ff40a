namespace Toil.Cwl.Tools;

/// <summary>A tool ended with an exit code that means failure, ran too long, or didn't make what it declares.</summary>
/// <param name="message">What happened.</param>
/// <param name="isPermanent">Whether it would fail again with the same inputs: it isn't tried again then.</param>
internal sealed class ToolFailedException(string message, bool isPermanent = false) : ToilException(message)
{
    public bool IsPermanent => isPermanent;
}
