namespace Toil.BatchSystems.Grid.Tests.Clients;

public sealed class SchedulerClientTests : IDisposable
{
    private readonly FakePrograms _programs = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Run_ArgumentsAndInput_ArriveAsTheyAre()
    {
        _programs.Add("echoes", "cat; echo \"$@\" >&2; exit 3");

        var result = await _programs.Client().RunAsync("echoes", ["a b", "$HOME;", "'"], "the input", Cancellation);

        Assert.Equal(new ClientResult(3, "the input", "a b $HOME; '\n"), result);
        Assert.Equal("echoes [a b] [$HOME;] [']", Assert.Single(_programs.Calls));
    }

    [Fact]
    public async Task Run_ThatHangs_IsEndedAndSaysSo()
    {
        _programs.Add("hangs", "sleep 1000");

        var error = await Assert.ThrowsAsync<ToilException>(() => _programs.Client(TimeSpan.FromSeconds(0.5)).RunAsync("hangs", [], null, Cancellation));

        Assert.Contains("hangs didn't answer within", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_OfAProgramThatReadsNothing_Works()
    {
        _programs.Add("deaf", "exec < /dev/null; exit 0");

        var result = await _programs.Client().RunAsync("deaf", [], new string('x', 1 << 20), Cancellation);

        Assert.Equal(0, result.ExitCode);
    }

    [Fact]
    public async Task Read_OfAProgramThatFails_TellsItsComplaint()
    {
        _programs.Add("fails", "echo out; echo one >&2; echo two >&2; exit 1");

        var error = await Assert.ThrowsAsync<ToilException>(() => _programs.Client().ReadAsync("fails", [], Cancellation));

        Assert.Equal("fails failed with exit code 1: one two", error.Message);
    }

    [Fact]
    public async Task Run_OfAProgramThatIsNotThere_NamesIt()
    {
        var error = await Assert.ThrowsAsync<ToilException>(() => _programs.Client().RunAsync("no-such-program", [], null, Cancellation));

        Assert.Equal("no-such-program isn't on PATH.", error.Message);
    }

    public void Dispose() => _programs.Dispose();
}
