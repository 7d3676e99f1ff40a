using System.Runtime.CompilerServices;

namespace Toil.Integration.Tests.Extenders;

/// <summary>A plug-in as a third party has it: a project of its own, outside this repository, that knows nothing of it but the built engine.</summary>
public sealed class SamplePlugin : IAsyncLifetime
{
    private static readonly TimeSpan MostTimeToBuild = TimeSpan.FromMinutes(3);

    private readonly Scratch _scratch = new();

    /// <summary>The plug-in's assembly.</summary>
    internal string Path => System.IO.Path.Combine(_scratch["built"], "Sample.dll");

    /// <summary>Arguments that have a workflow run through it.</summary>
    internal string[] Through(Scratch scratch) => ["--clean", "never", "--plugin", Path, "--batchSystem", "processes", "--jobStore", $"folder:{scratch.Store}"];

    private static string Sources => System.IO.Path.Combine(System.IO.Path.GetDirectoryName(ThisFile())!, "Sample");

    public async ValueTask InitializeAsync()
    {
        var project = Directory.CreateDirectory(_scratch["Sample"]).FullName;
        foreach (var source in Directory.EnumerateFiles(Sources, "*.cs"))
        {
            File.Copy(source, System.IO.Path.Combine(project, System.IO.Path.GetFileName(source)));
        }

        var engine = typeof(IToilPlugin).Assembly.Location;
        await File.WriteAllTextAsync(System.IO.Path.Combine(project, "Sample.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <Nullable>enable</Nullable>
                <ImplicitUsings>enable</ImplicitUsings>
                <AllowUnsafeBlocks>true</AllowUnsafeBlocks>
                <EnableDynamicLoading>true</EnableDynamicLoading>
              </PropertyGroup>
              <ItemGroup>
                <Reference Include="{engine}" Private="false" />
              </ItemGroup>
            </Project>
            """);
        using var build = WorkflowProcess.Start(_scratch, "dotnet", ["build", project, "-o", _scratch["built"], "--nologo", "-v", "q"]);
        var exit = await build.WaitAsync(MostTimeToBuild);
        Assert.True(exit.Code == 0, exit.Output + exit.Error);
    }

    public ValueTask DisposeAsync()
    {
        _scratch.Dispose();
        return default;
    }

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
