namespace Toil.Options;

/// <summary>Combines what is said about options in several places.</summary>
internal static class OptionSources
{
    /// <summary>Each source beats those before it: defaults, environment, the script's parameters, the command line, a node owner's overrides.</summary>
    /// <param name="parameters">What the workflow's script sets itself: options and values.</param>
    /// <param name="given">What the command line says; options that aren't the engine's are passed over.</param>
    /// <param name="environment">Looks a variable up; an empty one counts as not set.</param>
    /// <exception cref="UsageException">A value isn't one that its option takes.</exception>
    public static ToilOptions Combine(
        IEnumerable<KeyValuePair<ToilOption, object>> parameters, IEnumerable<GivenOption> given, Func<string, string?> environment)
    {
        var options = new ToilOptions();
        SetFromEnvironment(options, option => option.EnvironmentVariable, environment);
        foreach (var (option, value) in parameters)
        {
            option.Assign(options, value);
        }

        foreach (var entry in given)
        {
            (entry.Option as ToilOption)?.Set(options, entry.Text);
        }

        SetFromEnvironment(options, option => option.OverrideVariable, environment);
        return options;
    }

    private static void SetFromEnvironment(ToilOptions options, Func<ToilOption, string?> variableOf, Func<string, string?> environment)
    {
        foreach (var option in ToilOptionTable.All)
        {
            if (variableOf(option) is { } variable && environment(variable) is { Length: > 0 } text)
            {
                option.Set(options, text, variable);
            }
        }
    }
}
