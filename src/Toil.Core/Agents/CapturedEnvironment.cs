namespace Toil.Agents;

/// <summary>
/// The leader's environment as workers on other nodes get it: without what names a host or its user, and without secrets.
/// Workers on the leader's own node inherit all of it.
/// </summary>
internal static class CapturedEnvironment
{
    /// <summary>Variables that differ from node to node, or from session to session.</summary>
    private static readonly HashSet<string> OfHosts = new(StringComparer.Ordinal)
    {
        "_", "DBUS_SESSION_BUS_ADDRESS", "DISPLAY", "HOME", "HOST", "HOSTNAME", "HOSTTYPE", "JAVA_HOME", "LOGNAME", "MAIL", "OLDPWD", "PWD", "SHELL", "SHLVL",
        "TEMP", "TERM", "TMP", "TMPDIR", "TTY", "USER", "WAYLAND_DISPLAY", "WINDOWID", "XAUTHORITY",
    };

    private static readonly string[] OfHostsPrefixes = ["SSH_", "TOIL_", "XDG_"];

    /// <summary>They count wherever they stand in a name.</summary>
    private static readonly string[] SecretParts = ["APIKEY", "CREDENTIAL", "PASSPHRASE", "PASSWD", "PASSWORD", "SECRET", "TOKEN"];

    /// <summary>They count as words of their own: a patient is no access token.</summary>
    private static readonly string[] SecretWords = ["KEY", "KEYS", "PAT", "PWD"];

    /// <param name="environment">The leader's environment.</param>
    /// <param name="named">What <c>--setEnv</c> says: it is passed on whatever its name.</param>
    public static Dictionary<string, string> Of(IEnumerable<KeyValuePair<string, string>> environment, IReadOnlyDictionary<string, string> named)
    {
        var captured = environment.Where(variable => !IsOfHost(variable.Key) && !IsSecret(variable.Key.ToUpperInvariant())).ToDictionary();
        foreach (var (name, value) in named)
        {
            captured[name] = value;
        }

        return captured;
    }

    private static bool IsOfHost(string name) =>
        OfHosts.Contains(name) || Array.Exists(OfHostsPrefixes, prefix => name.StartsWith(prefix, StringComparison.Ordinal));

    private static bool IsSecret(string name) =>
        Array.Exists(SecretParts, part => name.Contains(part, StringComparison.Ordinal))
        || name.EndsWith("KEY", StringComparison.Ordinal)
        || name.Split('_', '-', '.').Intersect(SecretWords).Any();
}
