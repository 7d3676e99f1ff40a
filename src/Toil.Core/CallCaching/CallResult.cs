using Toil.Jobs;
using Toil.Values;

namespace Toil.CallCaching;

/// <summary>Tells whether a commit is a value and nothing else: only that can be had again without running the job.</summary>
internal sealed class CallResult : ICommitVisitor
{
    private bool _isPlain = true;
    private (int Offset, int Length) _value;

    /// <returns>The value; null when the job also added jobs, or deletes files, or its value is a promise.</returns>
    public static EncodedValue? Of(byte[] commit)
    {
        var result = new CallResult();
        CommitReader.Read(commit, result);
        if (!result._isPlain)
        {
            return null;
        }

        var reader = new ByteReader(commit.AsSpan(result._value.Offset, result._value.Length));
        return EncodedValue.ReadFrom(ref reader);
    }

    public static byte[] ToCommit(EncodedValue value) => CommitBody.Encode(new UnboundValue(value.Body, []), JobGraph.Collect([], null), [], []);

    public void OnValue(int offset, int length, Hole[] holes)
    {
        _value = (offset, length);
        _isPlain &= holes.Length == 0;
    }

    public void OnCode(int offset, int length, Code code) => _isPlain = false;

    public void OnJob(int index, int offset, int length, ResourceRequest request, JobTraits traits, Hole[] holes) => _isPlain = false;

    public void OnEdge(Edge edge) => _isPlain = false;

    public void OnDelete(string fileKey) => _isPlain = false;

    public void OnCleanup(string fileKey) => _isPlain = false;

    public void OnEnd() { }
}
