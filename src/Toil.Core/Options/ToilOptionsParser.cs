namespace Toil.Options;

/// <summary>Reads the command line of a workflow: the engine's options and the workflow's own.</summary>
internal static class ToilOptionsParser
{
    /// <summary>Whether the command line asks for help; then nothing else on it matters.</summary>
    public static bool AsksForHelp(IReadOnlyList<string> arguments) =>
        arguments.TakeWhile(argument => argument != "--").Any(argument => argument is "--help" or "-h");

    /// <summary>Reads a C# workflow's command line. The job store comes first, as in <c>sort file:store</c>, or with <c>--jobStore</c>.</summary>
    /// <exception cref="UsageException">Something on it, or in a <c>TOIL_*</c> variable, isn't valid, or it names no job store.</exception>
    public static ParsedOptions Parse(
        IReadOnlyList<string> arguments, IReadOnlyList<WorkflowOption> own, Func<string, string?>? environment = null)
    {
        var read = new ArgumentReader([.. own, .. ToilOptionTable.All]).Read(arguments);
        var given = WithPositionalStore(read.Given, read.Positionals);
        var options = OptionSources.Combine([], given, environment ?? Environment.GetEnvironmentVariable);
        OptionRules.Check(options);
        var values = read.Given.Where(entry => entry.Option is WorkflowOption)
            .GroupBy(entry => (WorkflowOption)entry.Option)
            .ToDictionary(group => group.Key, group => group.Key.Parse(group.Last().Text));
        return options.JobStore.Length > 0
            ? new ParsedOptions(options, values, read.Rest)
            : throw new UsageException("Which job store? Name it first, as a path or file:path, or with --jobStore.");
    }

    /// <summary>Adds a job store that was given without its option.</summary>
    public static IReadOnlyList<GivenOption> WithPositionalStore(IReadOnlyList<GivenOption> given, IReadOnlyList<string> positionals)
    {
        var store = ToilOptionTable.Find("jobStore")!;
        if (positionals.Count == 0)
        {
            return given;
        }

        if (positionals.Count > 1 || given.Any(entry => entry.Option == store && entry.Text != positionals[0]))
        {
            throw new UsageException($"'{positionals[^1]}' is one argument too many; only a job store may be named without an option.");
        }

        return [.. given, new GivenOption(store, positionals[0])];
    }
}
