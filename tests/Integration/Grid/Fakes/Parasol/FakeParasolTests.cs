namespace Toil.Integration.Tests.Grid.Fakes;

/// <summary>The fake keeps what Parasol's usage text and source promise.</summary>
public sealed class FakeParasolTests
{
    [Fact]
    public async Task Jobs_LeaveALineInTheirResultsFile()
    {
        using var fake = new FakeParasol();
        using var scratch = new Scratch();
        await File.WriteAllTextAsync(scratch["job.sh"], "echo $JOB_ID ${MARK:-none} $1 $2; exit $2\n", TestContext.Current.CancellationToken);

        var exit = await fake.CallAsync(scratch, "parasol", "-verbose", "-cpu=2", "-ram=300m", $"-dir={scratch.Root}", $"-results={scratch["results"]}", $"-out={scratch["out"]}", "add", "job", "/bin/sh", "job.sh", "'a b'", "3");
        await fake.EndedAsync(1);
        var job = Assert.Single(fake.Cluster.All);
        var line = await File.ReadAllTextAsync(scratch["results"], TestContext.Current.CancellationToken);

        Assert.Equal("your job 101 (\"/bin/sh job.sh 'a b' 3\") has been submitted", exit.ExpectOutput());
        Assert.Equal((2, 300L << 20, 2), (job.Slots, job.Memory!.Value, job.Code));
        Assert.Equal("101 none 'a b'\n", await File.ReadAllTextAsync(scratch["out"], TestContext.Current.CancellationToken));
        Assert.Matches(@"^512 n1 101 sh \d+ \d+ \d+ \d+ \d+ \w+ /\S+/para101.err '/bin/sh job.sh 'a b' 3'\n$", line);
        Assert.Equal("", (await fake.CallAsync(scratch, "parasol", "-extended", "list", "jobs")).ExpectOutput());
    }

    [Fact]
    public async Task Job_ThatIsRemoved_LeavesNoResult()
    {
        using var fake = new FakeParasol(slots: 1);
        using var scratch = new Scratch();
        await fake.CallAsync(scratch, "parasol", "add", "job", "/bin/sleep", "60");
        await fake.CallAsync(scratch, "parasol", "add", "job", "/bin/sleep", "50");

        var shown = (await fake.CallAsync(scratch, "parasol", "-extended", "list", "jobs")).Output.Split('\n');
        await fake.CallAsync(scratch, "parasol", "remove", "job", "101");
        await fake.CallAsync(scratch, "parasol", "remove", "job", "102");
        await fake.EndedAsync(2);

        Assert.Matches($@"^101  n1 +\w+ +\d{{4}}/\d\d/\d\d \d\d:\d\d:\d\d /bin/sleep 60 {scratch.Root}/results$", shown[0]);
        Assert.StartsWith("102  none ", shown[1], StringComparison.Ordinal);
        Assert.False(File.Exists(scratch["results"]));
    }

    [Fact]
    public async Task Batch_ThatCrashesAgainAndAgain_IsSick()
    {
        using var fake = new FakeParasol();
        using var scratch = new Scratch();
        for (var i = 0; i < 25; i++)
        {
            await fake.CallAsync(scratch, "parasol", "add", "job", "/bin/false", $"{i}");
        }

        await fake.EndedAsync(25);
        var refused = await fake.CallAsync(scratch, "parasol", "-verbose", "add", "job", "/bin/true", "1");
        await fake.CallAsync(scratch, "parasol", $"-results={scratch["results"]}", "clear", "sick");
        var taken = await fake.CallAsync(scratch, "parasol", "-verbose", "add", "job", "/bin/true", "1");

        Assert.Equal(new WorkflowExit(255, "", "sick batch?: hub returned jobId==0\n"), refused);
        Assert.Contains("has been submitted", taken.ExpectOutput(), StringComparison.Ordinal);
    }
}
