namespace Toil.Options;

/// <summary>Writes the option lists of <c>--help</c>.</summary>
internal static class OptionHelp
{
    private const int HelpColumn = 30;

    private static readonly Dictionary<OptionGroup, string> Headings = new()
    {
        [OptionGroup.Core] = "Core options",
        [OptionGroup.Logging] = "Logging",
        [OptionGroup.BatchSystem] = "Batch system",
        [OptionGroup.Resources] = "Resources",
        [OptionGroup.Retries] = "Jobs that fail, take too long or get lost",
        [OptionGroup.Services] = "Services",
        [OptionGroup.Storage] = "Data storage",
        [OptionGroup.LogManagement] = "Log management",
        [OptionGroup.Miscellaneous] = "Miscellaneous",
        [OptionGroup.Debug] = "Debugging",
    };

    /// <summary>How wide help may be: what the terminal has, within reason.</summary>
    public static int ConsoleWidth => Console.IsOutputRedirected ? 100 : Math.Clamp(Console.WindowWidth, 60, 120);

    public static string HeadingOf(OptionGroup group) => Headings[group];

    /// <summary>Writes the workflow's own options first, then the engine's by group.</summary>
    public static void Write(TextWriter output, IReadOnlyList<WorkflowOption> own, int width)
    {
        WriteSection(output, "Options of this workflow", own, width);
        foreach (var (group, heading) in Headings)
        {
            WriteSection(output, heading, [.. ToilOptionTable.All.Where(option => option.Group == group)], width);
        }

        output.WriteLine($"\nSizes are bytes, or have a suffix: 500M (powers of 1000) or 512Mi (powers of 1024).");
        output.WriteLine("Times are seconds, or have a suffix: 500ms, 90s, 5m, 1.5h or 2d.");
        output.WriteLine("A variable in [brackets] sets the option where the command line doesn't.");
    }

    private static void WriteSection(TextWriter output, string heading, IReadOnlyList<CommandLineOption> options, int width)
    {
        if (options.Count > 0)
        {
            output.WriteLine($"\n{heading}:");
        }

        foreach (var option in options)
        {
            WriteColumns(output, $"  {Spelling(option)}", Sentence(option), width);
            foreach (var (shorthand, value) in option.Shorthands)
            {
                WriteColumns(output, $"  {shorthand}", $"Same as {option.Name}={value}.", width);
            }
        }
    }

    private static string Spelling(CommandLineOption option)
    {
        // Other spellings of a whole name would only take room.
        var names = string.Join(", ", [.. option.Aliases.Where(alias => alias.Length == 2), option.Name]);
        return option switch
        {
            { IsFlag: true } => names,
            { ImpliedValue: not null } => $"{names} [{option.ValueName}]",
            _ => $"{names} {option.ValueName}",
        };
    }

    /// <summary>What an option does, its default, and the variable that sets it.</summary>
    public static string Sentence(CommandLineOption option)
    {
        var defaultNote = option.DefaultText.Length > 0 ? $" (default: {option.DefaultText})" : "";
        var variable = (option as ToilOption)?.EnvironmentVariable is { } name ? $" [{name}]" : "";
        return option.Help + defaultNote + variable;
    }

    /// <summary>Breaks a text between words. A word that is longer than a line has one to itself.</summary>
    public static IEnumerable<string> Wrap(string text, int width)
    {
        var line = "";
        foreach (var word in text.Split(' '))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > width)
            {
                yield return line;
                line = "";
            }

            line = line.Length == 0 ? word : $"{line} {word}";
        }

        yield return line;
    }

    private static void WriteColumns(TextWriter output, string left, string text, int width)
    {
        var margin = new string(' ', HelpColumn);
        var first = left.Length < HelpColumn - 1 ? left.PadRight(HelpColumn) : $"{left}\n{margin}";
        output.WriteLine(first + string.Join($"\n{margin}", Wrap(text, width - HelpColumn)));
    }
}
