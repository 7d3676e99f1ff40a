namespace Toil.BatchSystems;

/// <summary>Words of command lines that a POSIX shell reads, such as those of the scripts that schedulers take.</summary>
public static class ShellWord
{
    /// <summary>A word as a shell takes it literally, whatever it holds but NUL.</summary>
    public static string Quote(string word) => $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
