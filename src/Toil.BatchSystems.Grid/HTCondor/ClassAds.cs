using System.Globalization;
using System.Text;

namespace Toil.BatchSystems.Grid.HTCondor;

/// <summary>What condor_q and condor_history print with <c>-long</c>: a line <c>Attribute = value</c> for each attribute, an empty line after each job.</summary>
internal static class ClassAds
{
    /// <exception cref="ToilException">It is cut off.</exception>
    public static IEnumerable<Dictionary<string, string>> Parse(string output, string program)
    {
        if (output.Length > 0 && !output.EndsWith('\n'))
        {
            throw new ToilException($"{program}'s answer ends in the middle of a line.");
        }

        var ad = New();
        foreach (var line in output.Split('\n'))
        {
            if (line.Trim().Length == 0)
            {
                if (ad.Count > 0)
                {
                    yield return ad;
                    ad = New();
                }
            }
            else if (line.StartsWith("-- Failed", StringComparison.Ordinal))
            {
                throw new ToilException($"{program} says: {line[3..]}");
            }
            else if (line.IndexOf('=', StringComparison.Ordinal) is > 0 and var at && line[..at].Trim() is var name && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '_'))
            {
                ad[name] = Unquote(line[(at + 1)..].Trim());
            }
        }
    }

    public static int? Integer(this Dictionary<string, string> ad, string name) =>
        int.TryParse(ad.GetValueOrDefault(name), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>Null where it is empty, undefined, or not there.</summary>
    public static string? Text(this Dictionary<string, string> ad, string name) => ad.GetValueOrDefault(name) is { Length: > 0 } text && text != "undefined" ? text : null;

    public static bool IsTrue(this Dictionary<string, string> ad, string name) => ad.GetValueOrDefault(name, "").Equals("true", StringComparison.OrdinalIgnoreCase);

    /// <summary>Attributes' names are the same in any case.</summary>
    private static Dictionary<string, string> New() => new(StringComparer.OrdinalIgnoreCase);

    private static string Unquote(string value)
    {
        if (value is not ['"', .., '"'])
        {
            return value;
        }

        var text = new StringBuilder();
        for (var i = 1; i < value.Length - 1; i++)
        {
            if (value[i] == '\\' && i + 2 < value.Length)
            {
                i++;
                text.Append(value[i] is 'n' or 't' or 'r' ? ' ' : value[i]);
            }
            else
            {
                text.Append(value[i]);
            }
        }

        return text.ToString();
    }
}
