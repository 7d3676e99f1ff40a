using Toil.Values;

namespace Toil.Tests.ValueModel;

/// <summary>Short forms for tests that build values and take them apart.</summary>
internal static class TestValues
{
    /// <summary>A value of lists, string-keyed entries, scalars and holes.</summary>
    public static EncodedValue Encode(object? node)
    {
        var holes = new List<Hole>();
        var writer = new ByteWriter();
        Write(writer, node, holes);
        return new EncodedValue(writer.ToArray(), [.. holes]);
    }

    public static string Show(EncodedValue value) => Show(ValueReader.Read(value));

    public static Hole Rv(long producer, params object[] path) => new(producer, [.. path.Select(PathStep.Parse)]);

    private static string Show(object? node) => node switch
    {
        null => "null",
        List<object?> items => $"[{string.Join(",", items.Select(Show))}]",
        OrderedDictionary<string, object?> entries => $"{{{string.Join(",", entries.Select(entry => $"{entry.Key}:{Show(entry.Value)}"))}}}",
        _ => node.ToString()!,
    };

    private static void Write(ByteWriter writer, object? node, List<Hole> holes)
    {
        switch (node)
        {
            case Hole hole:
                writer.WriteByte((byte)ValueTag.Hole);
                writer.WriteUnsigned((ulong)holes.Count);
                holes.Add(hole);
                break;
            case object?[] items:
                writer.WriteByte((byte)ValueTag.List);
                writer.WriteUnsigned((ulong)items.Length);
                Array.ForEach(items, item => Write(writer, item, holes));
                break;
            case Dictionary<string, object?> entries:
                writer.WriteByte((byte)ValueTag.Map);
                writer.WriteUnsigned((ulong)entries.Count);
                foreach (var (key, value) in entries)
                {
                    writer.WriteString(key);
                    Write(writer, value, holes);
                }

                break;
            default:
                writer.WriteRaw(ClrValues.Encode(node).Body.Span);
                break;
        }
    }
}

/// <summary>Return values by job number; a job without one hasn't run.</summary>
internal sealed class TestSource : Dictionary<long, EncodedValue>, IValueSource
{
    public EncodedValue? ValueOf(long producer) => TryGetValue(producer, out var value) ? value : null;

    public string Resolve(object? node) =>
        new ValueResolver(this).Resolve(TestValues.Encode(node), out var resolved) is { } error ? error.Reason : TestValues.Show(resolved);

    public PathError? Error(object? node) => new ValueResolver(this).Resolve(TestValues.Encode(node), out _);
}
