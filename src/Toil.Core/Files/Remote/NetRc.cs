using System.Net;

namespace Toil.Files;

/// <summary>Logins from the file that curl, wget and ftp read too: <c>~/.netrc</c>, or where <c>NETRC</c> says.</summary>
internal static class NetRc
{
    /// <summary>The login for a URL: the one in it, or else the file's for its host.</summary>
    /// <returns>Null when there is none.</returns>
    public static NetworkCredential? LoginFor(Uri url)
    {
        if (url.UserInfo.Length > 0)
        {
            var parts = url.UserInfo.Split(':', 2);
            return new NetworkCredential(Uri.UnescapeDataString(parts[0]), parts.Length == 2 ? Uri.UnescapeDataString(parts[1]) : "");
        }

        var path = Environment.GetEnvironmentVariable("NETRC") is { Length: > 0 } named
            ? named
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".netrc");
        return File.Exists(path) ? Find(File.ReadAllText(path), url.Host) : null;
    }

    /// <param name="text">The file's content.</param>
    /// <param name="host">The host.</param>
    public static NetworkCredential? Find(string text, string host)
    {
        var words = new Queue<string>(WithoutMacros(text).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        NetworkCredential? login = null;
        while (words.TryDequeue(out var word))
        {
            var isMine = word == "default" || (word == "machine" && words.TryDequeue(out var machine) && machine.Equals(host, StringComparison.OrdinalIgnoreCase));
            if (word is "machine" or "default")
            {
                if (login is not null)
                {
                    return login;
                }

                login = isMine ? new NetworkCredential("", "") : null;
            }
            else if (word is "login" or "password" or "account" && words.TryDequeue(out var value) && login is not null)
            {
                login = word switch
                {
                    "login" => new NetworkCredential(value, login.Password),
                    "password" => new NetworkCredential(login.UserName, value),
                    _ => login,
                };
            }
        }

        return login;
    }

    /// <summary>A macro begins with <c>macdef</c> and ends with an empty line. Comments are no part of the format, but common.</summary>
    private static string WithoutMacros(string text)
    {
        var isMacro = false;
        var kept = new List<string>();
        foreach (var line in text.Split('\n').Select(line => line.Trim()))
        {
            isMacro = line.StartsWith("macdef", StringComparison.Ordinal) || (isMacro && line.Length > 0);
            if (!isMacro && !line.StartsWith('#'))
            {
                kept.Add(line);
            }
        }

        return string.Join('\n', kept);
    }
}
