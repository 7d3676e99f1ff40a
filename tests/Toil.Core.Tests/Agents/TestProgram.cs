using Toil.Agents;

namespace Toil.Tests.Agents;

/// <summary>The program that plays worker and agent.</summary>
internal static class TestProgram
{
    public static string Path { get; } = System.IO.Path.Combine(AppContext.BaseDirectory, "Toil.TestWorker");

    public static WorkerSpec Worker() => new(Path);

    public static WorkerSpec Misbehaving(string how) => Worker() with { Environment = new Dictionary<string, string?> { ["TEST_WORKER"] = how } };
}
