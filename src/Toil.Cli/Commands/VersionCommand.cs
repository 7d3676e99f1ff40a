using System.CommandLine;
using System.Reflection;

namespace Toil.Cli.Commands;

/// <summary><c>toil version</c>.</summary>
internal static class VersionCommand
{
    public static Command Build()
    {
        var command = new Command("version", "Print the version.");
        command.SetAction(_ => Console.Out.WriteLine(Text));
        return command;
    }

    /// <summary>The version without the commit that builds add after a plus.</summary>
    public static string Text =>
        typeof(VersionCommand).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];
}
