using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace Toil.Integration.Tests.Examples;

/// <summary>Builds each example once for all tests.</summary>
public sealed class BuiltExamples : IDisposable
{
    private static readonly TimeSpan MostTimeToBuild = TimeSpan.FromMinutes(3);

    private readonly Scratch _scratch = new();
    private readonly SemaphoreSlim _building = new(1, 1);
    private readonly ConcurrentDictionary<string, string> _programs = new();

    /// <summary>Where the examples' sources are.</summary>
    internal static string Sources { get; } = Path.GetFullPath("../../../examples/csharp", Path.GetDirectoryName(ThisFile())!);

    /// <returns>The path of the program.</returns>
    internal async Task<string> BuildAsync(string name)
    {
        await _building.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            return _programs.TryGetValue(name, out var program) ? program : _programs[name] = await CompileAsync(name);
        }
        finally
        {
            _building.Release();
        }
    }

    public void Dispose()
    {
        _building.Dispose();
        _scratch.Dispose();
    }

    private async Task<string> CompileAsync(string name)
    {
        var target = _scratch[name];
        using var build = WorkflowProcess.Start(_scratch, "dotnet", ["build", Path.Combine(Sources, $"{name}.cs"), "-o", target, "--nologo", "-v", "q"]);
        var exit = await build.WaitAsync(MostTimeToBuild);
        Assert.True(exit.Code == 0, exit.Output + exit.Error);
        return Path.Combine(target, name);
    }

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
