using Toil.BatchSystems;
using Toil.Values;

namespace Toil.Agents;

/// <summary>Everything that an agent needs to run one attempt.</summary>
/// <param name="Attempt">Which attempt.</param>
/// <param name="JobName">What logs call it.</param>
/// <param name="TryNumber">1 for the first try.</param>
/// <param name="Requirements">What it was given.</param>
/// <param name="Code">What to run.</param>
/// <param name="Arguments">Its arguments, all promises resolved.</param>
internal sealed record LaunchOrder(
    AttemptId Attempt, string JobName, int TryNumber, Requirements Requirements, Code Code, EncodedValue Arguments)
{
    /// <summary>Whether it is a service: started, reported as <see cref="IAgentEvents.Started"/>, and stopped when told.</summary>
    public bool IsService { get; init; }

    /// <summary>The accelerators that it was given.</summary>
    public IReadOnlyList<Accelerator> Accelerators { get; init; } = [];

    /// <summary>Whether it runs even where a call cache has its result.</summary>
    public bool NoCallCache { get; init; }

    /// <summary>Whether a checkpoint may make the job run again after its commit. Its commit is told when its deferred actions have run, so that no later run meets them.</summary>
    public bool MayRunAgain { get; init; }

    /// <param name="writer">Where to write.</param>
    /// <param name="withCode">False when the receiver already has the code: then only its id is written.</param>
    public void WriteTo(ByteWriter writer, bool withCode)
    {
        Attempt.WriteTo(writer);
        writer.WriteString(JobName);
        writer.WriteVarint(TryNumber);
        writer.WriteBool(IsService);
        writer.WriteBool(NoCallCache);
        writer.WriteBool(MayRunAgain);
        Requirements.WriteTo(writer);
        writer.WriteUnsigned((ulong)Accelerators.Count);
        foreach (var accelerator in Accelerators)
        {
            writer.WriteString(accelerator.Model);
            writer.WriteString(accelerator.Id);
        }

        Jobs.JobDefinition.WriteId(writer, Code.Id);
        writer.WriteBool(withCode);
        if (withCode)
        {
            Code.WriteTo(writer);
        }

        Arguments.WriteTo(writer);
    }

    /// <param name="reader">What <see cref="WriteTo"/> wrote.</param>
    /// <param name="codes">The codes that the receiver has, by id; a code that arrives is added.</param>
    public static LaunchOrder ReadFrom(ref ByteReader reader, IDictionary<Hash128, Code> codes)
    {
        var attempt = AttemptId.ReadFrom(ref reader);
        var name = reader.ReadString();
        var tryNumber = (int)reader.ReadVarint();
        var isService = reader.ReadBool();
        var noCallCache = reader.ReadBool();
        var mayRunAgain = reader.ReadBool();
        var requirements = Requirements.ReadFrom(ref reader);
        var accelerators = reader.ReadCount() is > 0 and var count ? new Accelerator[count] : [];
        for (var i = 0; i < accelerators.Length; i++)
        {
            accelerators[i] = new Accelerator(reader.ReadString(), reader.ReadString());
        }

        var codeId = Jobs.JobDefinition.ReadId(ref reader);
        if (reader.ReadBool())
        {
            codes[codeId] = Code.ReadFrom(ref reader);
        }

        return new LaunchOrder(attempt, name, tryNumber, requirements, codes[codeId], EncodedValue.ReadFrom(ref reader))
        {
            IsService = isService,
            NoCallCache = noCallCache,
            MayRunAgain = mayRunAgain,
            Accelerators = accelerators,
        };
    }
}
