namespace Toil.Cwl.Tools;

/// <summary>A part of a command line.</summary>
/// <param name="Text">The part.</param>
/// <param name="IsQuoted">Whether a shell takes it as it is; otherwise the shell reads what is in it.</param>
internal sealed record CommandWord(string Text, bool IsQuoted = true)
{
    /// <summary>For a shell.</summary>
    public string ForShell() => IsQuoted ? Quote(Text) : Text;

    private static string Quote(string text) => text.Length > 0 && text.AsSpan().IndexOfAnyExcept(Safe) < 0
        ? text
        : $"'{text.Replace("'", "'\"'\"'", StringComparison.Ordinal)}'";

    private static readonly System.Buffers.SearchValues<char> Safe =
        System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_@%+=:,./-");
}
