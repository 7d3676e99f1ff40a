using System.Globalization;
using System.Text;
using Toil.Values;

namespace Toil.Simulation.Model;

/// <summary>What stands in the place of a gap when the value is read.</summary>
internal enum GapKind
{
    /// <summary>The promised value.</summary>
    Whole,

    /// <summary>The promised value, but the promises in it as such.</summary>
    Shape,

    /// <summary>The promise as such.</summary>
    Reference,
}

/// <summary>A value as the reference sees it: a tree whose gaps stand for promises. Knows nothing of the engine's encoding.</summary>
internal abstract record ModelValue
{
    public static readonly ModelValue Nothing = new Scalar(null);

    /// <summary>The value as text, the same for equal values. Where a file is stored doesn't count.</summary>
    public sealed override string ToString()
    {
        var text = new StringBuilder();
        Describe(text);
        return text.ToString();
    }

    /// <summary>How many nodes it has.</summary>
    public virtual int Size => 1;

    public virtual IEnumerable<ModelValue> Parts => [];

    public IEnumerable<T> All<T>()
        where T : ModelValue => Parts.SelectMany(part => part.All<T>()).Concat(this is T self ? [self] : []);

    protected abstract void Describe(StringBuilder text);

    internal sealed record Scalar(object? Content) : ModelValue
    {
        protected override void Describe(StringBuilder text) => text.Append(Content switch
        {
            null => "null",
            string value => $"'{value}'",
            var other => Convert.ToString(other, CultureInfo.InvariantCulture),
        });
    }

    internal sealed record Items(IReadOnlyList<ModelValue> Nodes) : ModelValue
    {
        public override int Size => 1 + Nodes.Sum(node => node.Size);

        public override IEnumerable<ModelValue> Parts => Nodes;

        protected override void Describe(StringBuilder text)
        {
            text.Append('[');
            foreach (var node in Nodes)
            {
                node.Describe(text);
                text.Append(',');
            }

            text.Append(']');
        }
    }

    internal sealed record Entries(IReadOnlyList<KeyValuePair<string, ModelValue>> Nodes) : ModelValue
    {
        public override int Size => 1 + Nodes.Sum(node => node.Value.Size);

        public override IEnumerable<ModelValue> Parts => Nodes.Select(node => node.Value);

        protected override void Describe(StringBuilder text)
        {
            text.Append('{');
            foreach (var (key, node) in Nodes)
            {
                text.Append(key).Append(':');
                node.Describe(text);
                text.Append(',');
            }

            text.Append('}');
        }
    }

    internal sealed record StoredFile(string Name, string Key) : ModelValue
    {
        protected override void Describe(StringBuilder text) => text.Append("file ").Append(Name);
    }

    internal sealed record Gap(string Producer, IReadOnlyList<PathStep> Path, GapKind Kind = GapKind.Whole) : ModelValue
    {
        protected override void Describe(StringBuilder text) => text.Append('<').Append(Kind).Append(' ').Append(Producer).AppendJoin("", Path).Append('>');
    }

    /// <summary>The value with other gaps.</summary>
    public ModelValue WithGaps(Func<Gap, ModelValue> change) => this switch
    {
        Gap gap => change(gap),
        Items items => new Items([.. items.Nodes.Select(node => node.WithGaps(change))]),
        Entries entries => new Entries([.. entries.Nodes.Select(entry => KeyValuePair.Create(entry.Key, entry.Value.WithGaps(change)))]),
        _ => this,
    };
}
