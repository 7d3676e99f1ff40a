namespace Toil.Options;

/// <summary>Writes a config file that says nothing yet: every option with its help and its default, commented out.</summary>
internal static class ConfigTemplate
{
    private const int Width = 100;

    private const string Introduction = """
        # Options of Toil workflows, for --config or the variable TOIL_CONFIG. Remove the # before an option to set it.
        # Environment variables, a script's own parameters and the command line win over what stands here.
        # Sizes are bytes, or have a suffix: 500M (powers of 1000) or 512Mi (powers of 1024).
        # Times are seconds, or have a suffix: 500ms, 90s, 5m, 1.5h or 2d.
        # A variable in [brackets] sets the option too. Relative paths begin where the workflow is started.
        """;

    public static void Write(TextWriter output)
    {
        output.WriteLine(Introduction);
        foreach (var group in ToilOptionTable.All.Where(option => option.Name != ToilOptionTable.ConfigName).GroupBy(option => option.Group))
        {
            output.WriteLine($"\n# ---- {OptionHelp.HeadingOf(group.Key)} ----");
            foreach (var option in group)
            {
                output.WriteLine();
                foreach (var line in OptionHelp.Wrap(OptionHelp.Sentence(option), Width - 2))
                {
                    output.WriteLine($"# {line}");
                }

                output.WriteLine($"#{option.Key}:{ValueOf(option)}");
            }
        }
    }

    private static string ValueOf(ToilOption option) =>
        option.DefaultValueText is { Length: > 0 } text ? $" {text}" : "";
}
