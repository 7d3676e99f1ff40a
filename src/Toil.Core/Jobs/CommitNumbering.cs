using System.Buffers.Binary;
using System.Collections;
using Toil.Values;

namespace Toil.Jobs;

/// <summary>Numbers the jobs of one commit body in place, and refuses what no worker may say.</summary>
internal sealed class CommitNumbering(long owner, long firstNumber, Func<long, bool>? mayPromise)
{
    private const int EdgeSize = 8 + 8 + 1;

    /// <summary>The highest position among the new jobs that anything names; how many there are isn't known at first.</summary>
    private long _highest = -1;

    public void NumberHoles(ref ByteReader reader, Span<byte> body)
    {
        for (var count = reader.ReadCount(); count > 0; count--)
        {
            var at = reader.Position;
            Hole.ReadFrom(ref reader);
            NumberAt(body, at, mayPromise);
        }

        reader.ReadBytes();
    }

    public void NumberEdges(ref ByteReader reader, Span<byte> body, int jobs)
    {
        var started = new BitArray(jobs);
        for (var count = reader.ReadCount(); count > 0; count--)
        {
            var at = reader.Position;
            reader.Take(EdgeSize);
            NumberAt(body, at);
            var target = NumberAt(body, at + 8) - firstNumber;
            if (target < 0 || target >= jobs || body[at + 16] > (byte)EdgeKind.Service)
            {
                throw new InvalidDataException($"The commit of job {owner} links to job {firstNumber + target}, which it doesn't make.");
            }

            started[(int)target] = true;
        }

        if (_highest >= jobs || !started.HasAllSet())
        {
            throw new InvalidDataException($"The commit of job {owner} makes {jobs} jobs, but names another or never starts one of them.");
        }
    }

    private long NumberAt(Span<byte> body, int position, Func<long, bool>? mayName = null)
    {
        var slot = body.Slice(position, sizeof(long));
        var number = BinaryPrimitives.ReadInt64LittleEndian(slot);
        if (number >= 0)
        {
            return number == owner || mayName?.Invoke(number) == true
                ? number
                : throw new InvalidDataException($"The commit of job {owner} names job {number}, which is neither itself nor new, and whose value it wasn't handed.");
        }

        _highest = Math.Max(_highest, ~number);
        BinaryPrimitives.WriteInt64LittleEndian(slot, firstNumber + ~number);
        return firstNumber + ~number;
    }
}
