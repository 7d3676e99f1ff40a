namespace Toil.Tests.Files;

#pragma warning disable CA1416 // These tests run where files have permission bits.

/// <summary>Permission bits as chmod writes them.</summary>
internal static class Modes
{
    public static string Get(string path) => Convert.ToString((int)File.GetUnixFileMode(path), 8);

    public static void Set(string path, string mode) => File.SetUnixFileMode(path, (UnixFileMode)Convert.ToInt32(mode, 8));
}
