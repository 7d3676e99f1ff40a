using System.CommandLine;
using System.CommandLine.Completions;
using Toil.Cli.Running;
using Toil.Options;

namespace Toil.Cli.Commands;

/// <summary><c>toil run</c>: runs a PowerShell workflow.</summary>
internal static class RunCommand
{
    private const string About = """
        Description:
          Run a PowerShell workflow. Options given here win over those that the script gives to Start-ToilWorkflow.

        Usage:
          toil run WORKFLOW.ps1 [STORE] [options] [-- script parameters]

        Arguments:
          WORKFLOW.ps1                The script that builds the workflow.
          STORE                       The job store; the same as --jobStore.
          script parameters           As --name value or --name=value; see them with: Get-Help ./WORKFLOW.ps1
        """;

    private const string AboutExit = """

        Exit codes: 0 success; 1 jobs or the script failed; 2 the command line is wrong or PowerShell is missing;
        3 the job store is absent, exists already, is in use or is damaged; 130 stopped before the end. A script's own exit code is kept.
        """;

    /// <summary>What the command tree's help and completion say of it. Its command line is read by <see cref="Invoke"/>.</summary>
    public static Command Describe()
    {
        var workflow = new Argument<string>("WORKFLOW.ps1") { Description = "The script that builds the workflow." };
        var arguments = new Argument<string[]>("options") { HelpName = "options", Description = "See: toil run --help", Arity = ArgumentArity.ZeroOrMore };
        arguments.CompletionSources.Add(_ => ToilOptionTable.All.Select(option => new CompletionItem(option.Name, detail: option.Help)));
        return new Command("run", "Run a PowerShell workflow.") { workflow, arguments };
    }

    public static int Invoke(string[] args)
    {
        if (ToilOptionsParser.AsksForHelp(args))
        {
            Console.Out.WriteLine(About);
            OptionHelp.Write(Console.Out, [], OptionHelp.ConsoleWidth);
            Console.Out.WriteLine(AboutExit);
            return ExitCode.Success;
        }

        var read = new ArgumentReader(ToilOptionTable.All).Read(args);
        var script = Script(read.Positionals);
        var given = ToilOptionsParser.WithPositionalStore(read.Given, [.. read.Positionals.Skip(1)]);
        // Found out here, a wrong value costs no start of PowerShell.
        OptionSources.Combine([], given, Environment.GetEnvironmentVariable);
        return PowerShellProcess.Become(script, ScriptParameters.Translate(read.Rest), RunOptions.ToJson(given));
    }

    private static string Script(IReadOnlyList<string> positionals)
    {
        var path = positionals.Count > 0 ? positionals[0] : throw new UsageException("Which workflow? Write: toil run WORKFLOW.ps1 [options]. See: toil run --help");
        if (!path.EndsWith(".ps1", StringComparison.OrdinalIgnoreCase))
        {
            throw new UsageException($"'{path}' is not a PowerShell script (.ps1). C# workflows run themselves: dotnet run {path} -- [options]");
        }

        return File.Exists(path) ? Path.GetFullPath(path) : throw new UsageException($"There is no file {path}.");
    }
}
