using System.Text;
using Toil.JobStores;

namespace Toil.Files;

/// <summary>The names of files, in the store and on a node.</summary>
internal static class FileNames
{
    /// <summary>Room for a number before it and a mark behind it in a part of a key.</summary>
    private const int MostBytesInKey = 200;

    /// <exception cref="ToilException">It can't be the base name of a file.</exception>
    public static string Check(string name)
    {
        var fault = name switch
        {
            "" => "it is empty",
            "." or ".." => "it means a directory",
            _ when name.Contains('/', StringComparison.Ordinal) => "it holds a '/'",
            _ when name.Contains('\0', StringComparison.Ordinal) => "it holds a NUL",
            _ when Encoding.UTF8.GetByteCount(name) > BlobKey.MaximumPartBytes => $"it is longer than {BlobKey.MaximumPartBytes} bytes",
            _ => null,
        };
        return fault is null ? name : throw new ToilException($"'{name.Replace('\0', '?')}' can't be the name of a file: {fault}. Give a base name such as reads.fq.");
    }

    /// <summary>A name as it may stand in a key: what keys don't allow is replaced, and a long one loses its beginning, since tools look at the end.</summary>
    public static string ToKeyPart(string name)
    {
        var allowed = new StringBuilder(name.Length);
        foreach (var rune in name.EnumerateRunes())
        {
            allowed.Append(Rune.IsControl(rune) || rune.Value == '\\' || rune == Rune.ReplacementChar ? "_" : rune.ToString());
        }

        while (Encoding.UTF8.GetByteCount(allowed.ToString()) > MostBytesInKey)
        {
            allowed.Remove(0, char.IsSurrogate(allowed[0]) ? 2 : 1);
        }

        return allowed.ToString();
    }

    /// <summary>The names to try one after the other for one more file called <paramref name="name"/>: out.fq.gz, out-2.fq.gz, …</summary>
    public static string Numbered(string name, int number)
    {
        if (number == 1)
        {
            return name;
        }

        var dot = name.IndexOf('.', 1);
        return dot < 0 ? FormattableString.Invariant($"{name}-{number}") : FormattableString.Invariant($"{name[..dot]}-{number}{name[dot..]}");
    }
}
