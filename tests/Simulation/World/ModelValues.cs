using Toil.Simulation.Model;
using Toil.Values;

namespace Toil.Simulation.World;

/// <summary>Translates between the reference's values and the engine's.</summary>
internal static class ModelValues
{
    public static ModelValue Read(EncodedValue value) => FromObject(ValueReader.Read(value));

    public static UnboundValue Encode(ModelValue value, Func<string, Job> jobOf)
    {
        var writer = new ValueWriter();
        Write(writer, value, jobOf);
        return writer.ToValue();
    }

    private static ModelValue FromObject(object? node) => node switch
    {
        List<object?> items => new ModelValue.Items([.. items.Select(FromObject)]),
        OrderedDictionary<string, object?> entries => new ModelValue.Entries([.. entries.Select(entry => KeyValuePair.Create(entry.Key, FromObject(entry.Value)))]),
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
                writer.WritePromise(jobOf(gap.Producer).Rv([.. gap.Path]));
                break;
            case ModelValue.Scalar scalar:
                WriteScalar(writer, scalar.Content);
                break;
        }
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
