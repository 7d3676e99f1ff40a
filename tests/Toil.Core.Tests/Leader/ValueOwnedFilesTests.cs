using Toil.Leader;
using Xunit;

namespace Toil.Tests.Leading;

/// <summary>Files that live as long as a value names them.</summary>
public sealed class ValueOwnedFilesTests
{
    [Fact]
    public void Commit_OfTheLastReader_DeletesWhatItRead()
    {
        var (leader, root) = (new ReactorHarness(), ReactorHarness.NewJob("root"));
        var maker = root.AddChild(Freeing("maker"));
        root.AddChild(Freeing("first", maker.Rv("out")));
        root.AddChild(Freeing("second", maker.Rv("out")));
        leader.Start(root);
        leader.Run("root");
        var key = Make(leader, "maker");
        leader.Run("first");
        Assert.Empty(Deleted(leader));

        leader.Run("second");
        Assert.Equal([key], Deleted(leader));
    }

    [Fact]
    public void Commit_NamesAFileAgain_KeepsItForTheNextReader()
    {
        var (leader, root) = (new ReactorHarness(), ReactorHarness.NewJob("root"));
        var maker = root.AddChild(Freeing("maker"));
        var passer = root.AddChild(Freeing("passer", maker.Rv()));
        root.AddChild(Freeing("user", passer.Rv()));
        leader.Start(root);
        leader.Run("root");
        var key = Make(leader, "maker");
        leader.Run("passer", _ => FileOf(key));
        Assert.Empty(Deleted(leader));

        leader = leader.Resume();
        leader.Run("user");
        Assert.Equal([key], Deleted(leader));
    }

    [Fact]
    public void Commit_OfANewJobWithTheFileAsArgument_KeepsItUntilThatHasRun()
    {
        var (leader, root) = (new ReactorHarness(), ReactorHarness.NewJob("root"));
        var maker = root.AddChild(Freeing("maker"));
        root.AddChild(Freeing("scatter", maker.Rv()));
        leader.Start(root);
        leader.Run("root");
        var key = Make(leader, "maker");
        leader.Run("scatter", self =>
        {
            self.AddChild(Freeing("element", FileOf(key)));
            return null;
        });
        Assert.Empty(Deleted(leader));

        leader.Run("element");
        Assert.Equal([key], Deleted(leader));
    }

    [Fact]
    public void Commit_ThatNobodyReads_DeletesItsFilesAtOnce()
    {
        var (leader, root) = (new ReactorHarness(), ReactorHarness.NewJob("root"));
        root.AddChild(Freeing("maker"));
        leader.Start(root);
        leader.Run("root");

        Assert.Equal([Make(leader, "maker")], Deleted(leader));
    }

    [Fact]
    public void Commit_OfAnOrdinaryJobThatNamesTheFile_KeepsItForGood()
    {
        var (leader, root) = (new ReactorHarness(), ReactorHarness.NewJob("root"));
        var maker = root.AddChild(Freeing("maker"));
        var taker = ReactorHarness.NewJob("taker", maker.Rv());
        taker.AwaitsPromises = true;
        root.AddChild(taker);
        leader.Start(root);
        leader.Run("root");
        var key = Make(leader, "maker");
        leader.Run("taker", _ => FileOf(key));

        Assert.True(leader.Reactor.IsComplete);
        Assert.Empty(Deleted(leader));
    }

    [Fact]
    public void Commit_OfTheLastReaderOfAFileThatIsKept_AfterASnapshot_KeepsIt()
    {
        var (leader, root) = (new ReactorHarness(), ReactorHarness.NewJob("root"));
        var maker = root.AddChild(Freeing("maker"));
        var taker = ReactorHarness.NewJob("taker", maker.Rv());
        taker.AwaitsPromises = true;
        root.AddChild(taker);
        root.AddChild(Freeing("last", maker.Rv()));
        leader.Start(root);
        leader.Run("root");
        var key = Make(leader, "maker");
        leader.Run("taker", _ => FileOf(key));

        var next = leader.ResumeFromSnapshot();
        next.Run("last");
        Assert.True(next.Reactor.IsComplete);
        Assert.Empty(Deleted(next));
    }

    private static Job Freeing(string name, object? argument = null)
    {
        var job = ReactorHarness.NewJob(name, argument);
        (job.AwaitsPromises, job.FreesFiles) = (true, true);
        return job;
    }

    private static FileId FileOf(string key) => new(key, "out", 1);

    /// <returns>The key of the file that the job has made.</returns>
    private static string Make(ReactorHarness leader, string name)
    {
        var attempt = leader.Begin(name);
        var key = $"{attempt.FilePrefix}1-out";
        leader.Commit(attempt, _ => new Dictionary<string, object?> { ["out"] = FileOf(key) });
        return key;
    }

    private static List<string> Deleted(ReactorHarness leader) => [.. leader.Commands.OfType<Command.DeleteFiles>().SelectMany(command => command.Files.Keys)];
}
