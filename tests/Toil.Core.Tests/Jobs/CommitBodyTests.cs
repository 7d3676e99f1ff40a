using Toil.Jobs;
using Toil.Values;
using Xunit;

namespace Toil.Tests.Jobs;

public sealed class CommitBodyTests
{
    private const long Owner = 40;
    private const long First = 100;

    [Fact]
    public void Read_NumberedBody_TellsAllOfIt()
    {
        var owner = new Job("owner", Job.Of(() => 1).Code, UnboundValue.Null) { Number = Owner };
        var child = owner.AddChild(Job.Of((int x) => x, owner.Rv("part")).With("child", cores: 2));
        var followOn = owner.AddFollowOn(Job.Of((int x) => x, child).With("followOn"));
        var body = Encode(owner, new object[] { followOn, child.Rv(1..) }, "files/1", "files/2");

        Assert.Equal(2, CommitReader.Number(body, Owner, First));

        var told = new Told(body);
        CommitReader.Read(body, told);
        Assert.Equal(
            [
                "value job 101, job 100[1..]",
                "job 0 child 2 cores: job 40.part",
                "job 1 followOn default cores: job 100",
                "40 Child 100",
                "40 FollowOn 101",
                "delete files/1",
                "delete files/2",
                "end",
            ],
            told.Lines);
    }

    [Fact]
    public void Encode_JobsThatShareCode_WriteItOnce()
    {
        var owner = new Job("owner", Job.Of(() => 1).Code, UnboundValue.Null) { Number = Owner };
        for (var i = 0; i < 3; i++)
        {
            owner.AddChild(Job.Of(Shared, i));
        }

        var told = new Told(Encode(owner, null));
        CommitReader.Read(told.Body, told);

        Assert.Equal(1, told.Codes);
    }

    [Fact]
    public void EncodeStart_Roots_AreChildrenOfTheWorkflow()
    {
        var (a, b) = (Job.Of(() => 1).With("a"), Job.Of(() => 2).With("b"));
        a.AddChild(Job.Of(() => 3).With("c"));
        var body = CommitBody.EncodeStart(ClrValues.Encode(new[] { a, b }), JobGraph.Collect([a, b], null));

        CommitReader.Number(body, 0, 1);
        var told = new Told(body);
        CommitReader.Read(body, told);

        Assert.Equal(["1 Child 2", "0 Child 1", "0 Child 3"], told.Lines.Where(line => line.Contains("Child", StringComparison.Ordinal)));
    }

    [Fact]
    public void Number_NamesOtherJobs_Throws()
    {
        var owner = new Job("owner", Job.Of(() => 1).Code, UnboundValue.Null) { Number = Owner };
        var other = new Job("other", owner.Code, UnboundValue.Null) { Number = 7 };

        Assert.Throws<InvalidDataException>(() => CommitReader.Number(Encode(owner, other.Rv()), Owner, First));
        owner.AddChild(Job.Of((int x) => x, other));
        Assert.Throws<InvalidDataException>(() => CommitReader.Number(Encode(owner, null), Owner, First));
    }

    [Fact]
    public void Number_JobThatNothingStarts_Throws()
    {
        var owner = new Job("owner", Job.Of(() => 1).Code, UnboundValue.Null) { Number = Owner };
        var orphan = Job.Of(() => 1);
        var value = ClrValues.Encode(orphan);
        var body = CommitBody.Encode(value, JobGraph.Collect([orphan], owner), [], []);

        Assert.Throws<InvalidDataException>(() => CommitReader.Number(body, Owner, First));
    }

    [Fact]
    public void Number_TruncatedBody_Throws()
    {
        var owner = new Job("owner", Job.Of(() => 1).Code, UnboundValue.Null) { Number = Owner };
        owner.AddChild(Job.Of(() => 1));
        var body = Encode(owner, owner.Rv());

        Assert.All(Enumerable.Range(0, body.Length), length =>
            Assert.Throws<InvalidDataException>(() => CommitReader.Number(body.AsSpan(0, length).ToArray(), Owner, First)));
    }

    private static int Shared(int x) => x;

    private static byte[] Encode(Job owner, object? value, params string[] deleted) =>
        CommitBody.Encode(ClrValues.Encode(value), JobGraph.Collect([], owner), deleted, []);

    private sealed class Told(byte[] body) : ICommitVisitor
    {
        public byte[] Body => body;

        public List<string> Lines { get; } = [];

        public int Codes { get; private set; }

        public void OnValue(int offset, int length, Hole[] holes) => Lines.Add("value " + Describe(holes));

        public void OnCode(int offset, int length, Code code) => Codes++;

        public void OnJob(int index, int offset, int length, ResourceRequest request, JobTraits traits, Hole[] argumentHoles)
        {
            var reader = new ByteReader(body.AsSpan(offset, length));
            var name = JobDefinition.ReadFrom(ref reader).Name;
            Lines.Add($"job {index} {name} {request.Cores?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "default"} cores: {Describe(argumentHoles)}");
        }

        public void OnEdge(Edge edge) => Lines.Add($"{edge.From} {edge.Kind} {edge.To}");

        public void OnCleanup(string fileKey) { }

        public void OnDelete(string fileKey) => Lines.Add("delete " + fileKey);

        public void OnEnd() => Lines.Add("end");

        private static string Describe(Hole[] holes) => string.Join(", ", holes.Select(hole => hole.Describe()));
    }
}
