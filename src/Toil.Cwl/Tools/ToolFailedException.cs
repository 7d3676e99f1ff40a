namespace Toil.Cwl.Tools;

/// <summary>A tool ended with an exit code that means failure, ran too long, or didn't make what it declares.</summary>
internal sealed class ToolFailedException(string message) : ToilException(message);
