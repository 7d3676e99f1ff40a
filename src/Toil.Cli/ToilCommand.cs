using System.CommandLine;
using System.CommandLine.Help;
using Toil.Cli.Commands;
using Toil.Options;

namespace Toil.Cli;

/// <summary>The tree of commands.</summary>
internal static class ToilCommand
{
    private const string Description = """
        Toil for PowerShell and .NET: runs workflows of jobs, and resumes them.

        Exit codes: 0 success; 1 jobs failed; 2 the command line is wrong, or something it needs isn't installed;
        3 the job store is absent, exists already, is in use or is damaged; 130 stopped before the end.
        """;

    public static async Task<int> InvokeAsync(string[] args)
    {
        var root = Build();
        // Response files would make @ at the beginning of a store's name mean something else.
        var parsed = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Errors.Count > 0 && !IsQuestion(parsed))
        {
            return CommandErrors.ReportUsage(Explain(parsed, root), $"See: {Path(parsed.CommandResult.Command)} --help");
        }

        return await CommandErrors.GuardAsync(() => parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null }));
    }

    private static RootCommand Build()
    {
        var root = new RootCommand(Description)
        {
            RunCommand.Describe(), CwlCommand.Describe(), StatusCommand.Build(), StatsCommand.Build(), GraphCommand.Build(), DebugFileCommand.Build(), DebugJobCommand.Build(), CleanCommand.Build(), KillCommand.Build(), ConfigCommand.Build(), CallCacheCommand.Build(), VersionCommand.Build(), WorkerCommand.Describe(),
        };
        root.SetAction(_ => CommandErrors.ReportUsage("Say what to do.", "See: toil --help"));
        return root;
    }

    /// <summary>Help, version and completion are answered however wrong the rest is.</summary>
    private static bool IsQuestion(ParseResult parsed) =>
        parsed.Action is HelpAction || parsed.Tokens.Any(token => token.Value.StartsWith('['));

    private static string Explain(ParseResult parsed, RootCommand root)
    {
        var unmatched = parsed.UnmatchedTokens is [var first, ..] ? first : null;
        if (unmatched is null)
        {
            return parsed.Errors[0].Message;
        }

        var command = parsed.CommandResult.Command;
        var names = command == root ? command.Subcommands.Where(sub => !sub.Hidden).Select(sub => sub.Name) : command.Options.Select(option => option.Name);
        var what = command == root ? "command" : unmatched.StartsWith('-') ? "option" : "argument";
        return NearestName.Find(unmatched, names) is { } nearest
            ? $"There is no {what} {unmatched}. Did you mean {nearest}?"
            : $"There is no {what} {unmatched}.";
    }

    private static string Path(Command command) => command is RootCommand ? "toil" : $"toil {command.Name}";
}
