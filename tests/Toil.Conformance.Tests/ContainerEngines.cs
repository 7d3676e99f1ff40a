using System.ComponentModel;
using System.Diagnostics;

namespace Toil.Conformance.Tests;

/// <summary>Whether containers can be run here.</summary>
internal static class ContainerEngines
{
    private static readonly Lazy<bool> Works = new(() => Succeeds("docker", "info") || Succeeds("podman", "info"));

    public static bool Work => Works.Value;

    private static bool Succeeds(string program, string argument)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, argument) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            process.OutputDataReceived += (_, _) => { };
            process.ErrorDataReceived += (_, _) => { };
            process.BeginOutputReadLine();
            process.BeginErrorReadLine();
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            // It isn't installed.
            return false;
        }
    }
}
