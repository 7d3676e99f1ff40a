using Toil.Simulation.Model;
using Toil.Values;

namespace Toil.Simulation.World;

/// <summary>Translates between the reference's values and the engine's.</summary>
internal static class ModelValues
{
    /// <param name="value">A value without gaps but promises that are handed over as such.</param>
    /// <param name="nameOf">Names the jobs that these are of.</param>
    public static ModelValue Read(EncodedValue value, Func<long, string>? nameOf = null) => FromObject(ValueReader.Read(value), nameOf);

    public static UnboundValue Encode(ModelValue value, Func<string, Job> jobOf)
    {
        var writer = new ValueWriter();
        Write(writer, value, jobOf);
        return writer.ToValue();
    }

    private static ModelValue FromObject(object? node, Func<long, string>? nameOf) => node switch
    {
        List<object?> items => new ModelValue.Items([.. items.Select(item => FromObject(item, nameOf))]),
        OrderedDictionary<string, object?> entries => new ModelValue.Entries([.. entries.Select(entry => KeyValuePair.Create(entry.Key, FromObject(entry.Value, nameOf)))]),
        Promise promise => new ModelValue.Gap(nameOf!(promise.Producer.Number!.Value), promise.Path, GapKind.Reference),
        FileId file => new ModelValue.StoredFile(file.Name, file.Key),
        _ => new ModelValue.Scalar(node),
    };

    private static void Write(ValueWriter writer, ModelValue value, Func<string, Job> jobOf)
    {
        switch (value)
        {
            case ModelValue.Items items:
                writer.BeginList(items.Nodes.Count);
                foreach (var node in items.Nodes)
                {
                    Write(writer, node, jobOf);
                }

                break;
            case ModelValue.Entries entries:
                writer.BeginMap(entries.Nodes.Count);
                foreach (var (key, node) in entries.Nodes)
                {
                    writer.WriteKey(key);
                    Write(writer, node, jobOf);
                }

                break;
            case ModelValue.StoredFile file:
                writer.WriteFile(new FileId(file.Key, file.Name, 1));
                break;
            case ModelValue.Gap gap:
                writer.WritePromise(PromiseOf(gap, jobOf(gap.Producer)));
                break;
            case ModelValue.Scalar scalar:
                WriteScalar(writer, scalar.Content);
                break;
        }
    }

    private static Promise PromiseOf(ModelValue.Gap gap, Job producer)
    {
        var promise = producer.Number is null ? producer.Rv([.. gap.Path]) : new Promise(producer, [.. gap.Path]);
        return gap.Kind switch
        {
            GapKind.Reference => promise.Unresolved(),
            GapKind.Shape => promise.Shape(),
            _ => promise,
        };
    }

    private static void WriteScalar(ValueWriter writer, object? content)
    {
        switch (content)
        {
            case null: writer.WriteNull(); break;
            case bool flag: writer.WriteBool(flag); break;
            case long number: writer.WriteInt(number); break;
            case double number: writer.WriteReal(number); break;
            default: writer.WriteString((string)content); break;
        }
    }
}
