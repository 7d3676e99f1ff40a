using System.Text;
using Toil.Values;

namespace Toil.Jobs;

/// <summary>Jobs that run a program: its arguments are their value, the program's name stands first.</summary>
internal static class CommandJob
{
    /// <summary>All command jobs share one code; what they run is in their arguments.</summary>
    private static readonly Code SharedCode = new(Vehicle.Command, "", Encoding.UTF8.GetBytes("command"));

    public static Job Create(string program, object?[] arguments)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(program);
        return new Job(Path.GetFileName(program), SharedCode, ClrValues.Encode(arguments.Prepend(program).ToArray()));
    }
}
