using System.Text;

namespace Toil.JobStores;

/// <summary>The rules for keys, the same in all stores so that a workflow can move from one to another.</summary>
public static class BlobKey
{
    /// <summary>The longest key, in bytes of UTF-8 (S3's limit).</summary>
    public const int MaximumBytes = 1024;

    /// <summary>The longest part between two slashes, in bytes of UTF-8 (Linux's limit for names).</summary>
    public const int MaximumPartBytes = 255;

    /// <summary>No key begins with this part: a store may keep unfinished content there.</summary>
    public const string Reserved = "tmp";

    /// <summary>Refuses what isn't a key: empty, absolute, with '.', '..' or empty parts, backslashes or control characters, or too long.</summary>
    /// <exception cref="ToilException">It isn't one; the message says why.</exception>
    public static void Check(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (FindFault(key) is { } fault)
        {
            throw new ToilException($"'{Printable(key)}' can't be a key in a job store: {fault}. A key is a relative name such as shared/genome.fa.");
        }
    }

    /// <summary>Refuses what can't be the beginning of a key. The empty prefix is that of all keys.</summary>
    /// <exception cref="ToilException">It can't; the message says why.</exception>
    public static void CheckPrefix(string prefix)
    {
        ArgumentNullException.ThrowIfNull(prefix);
        if (prefix.Length > 0)
        {
            Check(prefix.EndsWith('/') ? prefix[..^1] : prefix);
        }
    }

    private static string? FindFault(string key)
    {
        if (key.Length == 0)
        {
            return "it is empty";
        }

        if (key.Any(c => char.IsControl(c) || c == '\\'))
        {
            return "it holds a control character or a backslash";
        }

        if (!IsWellFormed(key))
        {
            return "it is no valid Unicode";
        }

        if (key == Reserved || key.StartsWith(Reserved + "/", StringComparison.Ordinal))
        {
            return $"'{Reserved}' is kept for unfinished content";
        }

        return Encoding.UTF8.GetByteCount(key) > MaximumBytes
            ? $"it is longer than {MaximumBytes} bytes"
            : key.Split('/').Select(FindPartFault).FirstOrDefault(fault => fault is not null);
    }

    private static string? FindPartFault(string part) => part switch
    {
        "" => "a part of it is empty, or it begins or ends with '/'",
        "." or ".." => $"'{part}' would lead elsewhere",
        _ when Encoding.UTF8.GetByteCount(part) > MaximumPartBytes => $"a part of it is longer than {MaximumPartBytes} bytes",
        _ => null,
    };

    private static bool IsWellFormed(string key)
    {
        foreach (var rune in key.EnumerateRunes())
        {
            if (rune == Rune.ReplacementChar)
            {
                return false;
            }
        }

        return true;
    }

    private static string Printable(string key) =>
        string.Concat(key.Take(100).Select(c => char.IsControl(c) || char.IsSurrogate(c) ? '?' : c));
}
