using System.CommandLine;
using System.Globalization;
using System.Text;
using Toil.CallCaching;

namespace Toil.Cli.Commands;

/// <summary><c>toil call-cache</c>: what a call cache holds, and what made the keys.</summary>
internal static class CallCacheCommand
{
    private const string Description = """
        Say what a call cache holds: of each result its key, the job that made it, when, and the number of its files. With --key, what made
        the keys that begin so, as JSON: the hashes of code, program, arguments and input files.
        """;

    private static readonly Argument<string> Cache = new("DIR") { Description = "The directory that --callCache names." };
    private static readonly Option<string> Key = new("--key") { Description = "The beginning of a key, as this command and logs show it.", HelpName = "KEY" };

    public static Command Build()
    {
        var command = new Command("call-cache", Description) { Cache, Key };
        command.SetAction(parsed => Show(parsed.GetRequiredValue(Cache), parsed.GetValue(Key)));
        return command;
    }

    private static int Show(string directory, string? key)
    {
        var calls = CallCache.List(directory).Where(call => call.Key.Name.StartsWith(key ?? "", StringComparison.OrdinalIgnoreCase)).OrderBy(call => call.Made).ToList();
        if (key is not null && calls.Count == 0)
        {
            throw new ToilException($"{directory} has no result whose key begins with '{key}'. See all keys: toil call-cache {directory}");
        }

        foreach (var call in calls)
        {
            Console.Out.WriteLine(key is null
                ? string.Create(CultureInfo.InvariantCulture, $"{call.Key.Name[..12]}  {call.Made:yyyy-MM-dd HH:mm:ss}Z  {call.Results.Count} files  {call.Job}")
                : Encoding.UTF8.GetString(call.ToBytes()));
        }

        return ExitCode.Success;
    }
}
