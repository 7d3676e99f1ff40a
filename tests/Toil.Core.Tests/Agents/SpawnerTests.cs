using Toil.Agents;
using Toil.Tests.Fakes;
using Toil.Tests.Files;
using Xunit;

namespace Toil.Tests.Agents;

public class SpawnerTests
{
    [Fact]
    public async Task Start_ProgramIsStillBeingWritten_StartsItOnceThatIsDone()
    {
        using var directory = new TemporaryDirectory();
        var program = directory["tool"];
        var writer = File.Create(program);
        Modes.Set(program, "755");
        await writer.WriteAsync("#!/bin/sh\nexit 7\n"u8.ToArray(), TestContext.Current.CancellationToken);
        await writer.FlushAsync(TestContext.Current.CancellationToken);

        Thread? thread = null;
        var starting = Task.Factory.StartNew(
            () =>
            {
                thread = Thread.CurrentThread;
                return ChildReaper.Start(new ChildStart(program, []) { Environment = new Dictionary<string, string>() });
            },
            TestContext.Current.CancellationToken,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default);
        SpinWait.SpinUntil(() => starting.IsCompleted || Volatile.Read(ref thread)?.ThreadState.HasFlag(ThreadState.WaitSleepJoin) == true);
        await writer.DisposeAsync();

        Assert.Equal(7, (await (await starting).Exit).Code);
    }
}
