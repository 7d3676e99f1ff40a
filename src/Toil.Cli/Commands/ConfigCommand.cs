using System.CommandLine;
using Toil.Options;

namespace Toil.Cli.Commands;

/// <summary><c>toil config</c>: writes a config file to fill in.</summary>
internal static class ConfigCommand
{
    private static readonly Argument<string> Target = new("FILE") { Description = "The file to write. It must not exist.", DefaultValueFactory = _ => "toil.yaml" };

    public static Command Build()
    {
        var command = new Command("config", "Write a config file with every option, its help and its default, all commented out.") { Target };
        command.SetAction(parsed => Write(parsed.GetRequiredValue(Target)));
        return command;
    }

    private static int Write(string path)
    {
        try
        {
            using var output = new StreamWriter(new FileStream(path, FileMode.CreateNew, FileAccess.Write));
            ConfigTemplate.Write(output);
        }
        catch (IOException) when (File.Exists(path))
        {
            throw new UsageException($"There is a file {path} already; name another one, or remove it first.");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"The config file can't be written: {error.Message}");
        }

        Console.Error.WriteLine($"Wrote {path}. Use it with: --config {path}");
        return ExitCode.Success;
    }
}
