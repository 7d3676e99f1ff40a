using Toil.Files;
using Toil.Values;

namespace Toil.Agents;

/// <summary>The process that runs one deferred action: a worker program that was told of the action instead of an agent.</summary>
internal static class DeferredProcess
{
    /// <summary>Names the action's file.</summary>
    public const string Variable = "TOIL_DEFERRED_ACTION";

    public static bool IsPresent => !string.IsNullOrEmpty(Environment.GetEnvironmentVariable(Variable));

    /// <returns>The exit code: 0 when the action succeeded. What went wrong is on standard error.</returns>
    public static async Task<int> RunAsync(IJobRunner runner)
    {
        var path = Environment.GetEnvironmentVariable(Variable)!;
        Environment.SetEnvironmentVariable(Variable, null);
        var order = DeferredAction.Decode(await File.ReadAllBytesAsync(path).ConfigureAwait(false)).Order;
        var self = new Job(order.JobName, order.Code, UnboundValue.Null) { Number = order.Attempt.Job };
        var context = new JobContext(
            self, order.Requirements, order.TryNumber, new NoFileStore(Path.GetDirectoryName(path)!), (level, message) => Console.Error.WriteLine($"{level}: {message}"), CancellationToken.None);
        try
        {
            await runner.RunAsync(order, context).ConfigureAwait(false);
            return 0;
        }
        catch (Exception failure)
        {
            var error = runner.Describe(failure);
            await Console.Error.WriteLineAsync($"{error.Message}\n{error.Position}".TrimEnd()).ConfigureAwait(false);
            return 1;
        }
        finally
        {
            await runner.DisposeAsync().ConfigureAwait(false);
        }
    }
}
