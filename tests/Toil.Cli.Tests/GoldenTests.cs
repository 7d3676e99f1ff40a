using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Xunit;

namespace Toil.Cli.Tests;

/// <summary>
/// Each folder below Golden is a run of the executable: <c>args</c> (one a line), <c>env</c> (NAME=VALUE lines) and
/// <c>files/</c> go in; <c>stdout</c>, <c>stderr</c> and <c>exit_code</c> must come out. With TOIL_BLESS=1 what comes out
/// is written there instead. <c>{work}</c> stands for the directory of the run. Where the file <c>needs</c> names a
/// program that isn't on PATH, the case is skipped.
/// </summary>
public sealed partial class GoldenTests
{
    private static readonly string Root = Path.Combine(SourceDirectory(), "Golden");
    private static readonly bool IsBlessing = Environment.GetEnvironmentVariable("TOIL_BLESS") == "1";

    public static TheoryData<string> Cases => [.. Directory.GetDirectories(Root).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Run_Case_EndsAsRecorded(string name)
    {
        var folder = Path.Combine(Root, name);
        Assert.SkipWhen(Lines(folder, "needs").FirstOrDefault(program => !IsOnPath(program)) is { }, $"{name} needs a program that isn't on PATH: {string.Join(", ", Lines(folder, "needs"))}");
        using var work = new WorkDirectory();
        CopyFiles(Path.Combine(folder, "files"), work.Path);

        var result = await ToilProcess.RunAsync(
            work.Path,
            Lines(folder, "args").Select(argument => argument.Replace("{work}", work.Path, StringComparison.Ordinal)),
            Lines(folder, "env").Select(line => line.Replace("{work}", work.Path, StringComparison.Ordinal).Split('=', 2)).Select(parts => KeyValuePair.Create(parts[0], parts[1])));

        Check(folder, "stdout", Normalise(result.Output, work.Path));
        Check(folder, "stderr", Normalise(result.Error, work.Path));
        Check(folder, "exit_code", $"{result.ExitCode}\n");
    }

    private static void Check(string folder, string file, string actual)
    {
        var path = Path.Combine(folder, file);
        if (IsBlessing)
        {
            File.WriteAllText(path, actual);
        }
        else
        {
            Assert.True(File.ReadAllText(path) == actual, $"{file} differs from {path}; it is now:\n{actual}\nRun the tests with TOIL_BLESS=1 if that is right.");
        }
    }

    private static string Normalise(string text, string work) =>
        Version().Replace(text.Replace(work, "{work}", StringComparison.Ordinal), "{version}");

    private static string[] Lines(string folder, string file)
    {
        var path = Path.Combine(folder, file);
        return File.Exists(path) ? File.ReadAllLines(path) : [];
    }

    private static void CopyFiles(string from, string to)
    {
        foreach (var file in Directory.Exists(from) ? Directory.GetFiles(from) : [])
        {
            // Copies keep the executable bit.
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        }
    }

    private static bool IsOnPath(string program) =>
        Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator).Any(directory => File.Exists(Path.Combine(directory, program)));

    private static string SourceDirectory([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;

    [GeneratedRegex(@"(?<=\A)\d+\.\d+\.\d+(-\w+)?(?=\n\z)")]
    private static partial Regex Version();
}
