using Toil.Cwl.Loading;
using Toil.Cwl.Model;
using Toil.Cwl.Salad;

namespace Toil.Cwl.Validation;

/// <summary>Reads the fields of one mapping, and complains of those that nobody asked for.</summary>
/// <param name="scope">Where it stands.</param>
/// <param name="map">The mapping.</param>
/// <param name="owner">What messages call it, such as <c>CommandLineTool</c>.</param>
internal sealed class Fields(Scope scope, MapNode map, string owner)
{
    private readonly List<Known> _known = [];

    public MapNode Map => map;

    public Scope Scope => scope;

    /// <summary>A field's value, or null where it is absent, null, or not part of the document's version.</summary>
    public Node? Get(string name, CwlVersion since = CwlVersion.V1_0)
    {
        _known.Add(new Known(name, since));
        return since <= scope.Version && map.TryGet(name, out var value) && value is not ScalarNode { Value: null } ? value : null;
    }

    /// <returns>Null, with a complaint, if it is absent.</returns>
    public Node? Require(string name)
    {
        var value = Get(name);
        if (value is null)
        {
            scope.Error(map, $"{owner} needs the field '{name}'.");
        }

        return value;
    }

    public ScalarNode? Scalar(string name, CwlVersion since = CwlVersion.V1_0) => Get(name, since) is { } value ? AsText(value, name) : null;

    public string? Text(string name, CwlVersion since = CwlVersion.V1_0) => Scalar(name, since)?.Text;

    public CwlText? Expression(string name, CwlVersion since = CwlVersion.V1_0) => Scalar(name, since) is { } text ? scope.Text(text) : null;

    /// <summary>One text, or several that become its paragraphs.</summary>
    public string? Prose(string name) => Get(name) is { } value ? string.Join('\n', TextsIn(value, name).Select(text => text.Text)) : null;

    /// <summary>A text or a list of texts.</summary>
    public List<ScalarNode> Texts(string name, CwlVersion since = CwlVersion.V1_0) => Get(name, since) is { } value ? TextsIn(value, name) : [];

    public bool Flag(string name, bool otherwise, CwlVersion since = CwlVersion.V1_0)
    {
        switch (Get(name, since))
        {
            case null:
                return otherwise;
            case ScalarNode { Value: bool flag }:
                return flag;
            case var other:
                scope.Error(other, $"'{name}' must be true or false; found {other.Description}.");
                return otherwise;
        }
    }

    /// <summary>A list of whole numbers.</summary>
    public List<int> Numbers(string name)
    {
        var numbers = new List<int>();
        foreach (var item in Get(name) switch { null => [], ListNode list => list.Items, var single => [single] })
        {
            if (item is ScalarNode { Value: long and >= int.MinValue and <= int.MaxValue } number)
            {
                numbers.Add((int)(long)number.Value!);
            }
            else
            {
                scope.Error(item, $"'{name}' must be a list of whole numbers; found {item.Description}.");
            }
        }

        return numbers;
    }

    /// <summary>A value of a kind, or an expression that gives one.</summary>
    public object? ValueOrExpression(string name, string kind, Func<object?, bool> isKind, CwlVersion expressionsSince = CwlVersion.V1_0)
    {
        switch (Get(name))
        {
            case null:
                return null;
            case ScalarNode { Value: string } text when expressionsSince <= scope.Version && ExpressionScan.IsExpression(text.Text):
                return scope.Text(text);
            case ScalarNode scalar when isKind(scalar.Value):
                return scalar.Value;
            case var other:
                scope.Error(other, $"'{name}' must be {kind}{(expressionsSince <= scope.Version ? " or an expression" : "")}; found {other.Description}.");
                return null;
        }
    }

    /// <summary>One of a few words.</summary>
    /// <returns>Its index.</returns>
    public int? Word(string name, string[] words, CwlVersion since = CwlVersion.V1_0)
    {
        switch (Get(name, since))
        {
            case null:
                return null;
            case ScalarNode { Value: string text } when Array.IndexOf(words, Links.Term(map.Document, text)) is var index and >= 0:
                return index;
            case var other:
                var suggestion = other is ScalarNode { Text: var found } ? Suggestion.For(found, words) : "";
                scope.Error(other, $"'{name}' must be one of {string.Join(", ", words)}; found {other.Description}.{suggestion}");
                return null;
        }
    }

    /// <summary>A field that was asked for.</summary>
    private sealed record Known(string Name, CwlVersion Since);

    public ScalarNode? AsText(Node value, string name)
    {
        if (value is ScalarNode { Value: string } text)
        {
            return text;
        }

        var hint = value is ScalarNode { Value: not null } ? " Put it into quotes." : "";
        scope.Error(value, $"'{name}' must be a text; found {value.Description}.{hint}");
        return null;
    }

    /// <summary>Complains of fields that were not asked for. To be called when all were.</summary>
    public void Finish(params ReadOnlySpan<string> alsoKnown)
    {
        foreach (var entry in map.Entries)
        {
            if (entry.Key.Length > 0 && entry.Key[0] is '$' or '@' || alsoKnown.Contains(entry.Key))
            {
                continue;
            }

            var at = _known.FindIndex(known => known.Name == entry.Key);
            if (at < 0)
            {
                ComplainOf(entry);
            }
            else if (_known[at].Since > scope.Version)
            {
                scope.Problems.Error(entry.KeyPosition, $"{owner} has no field '{entry.Key}' in {Scope.NameOf(scope.Version)}; it came with {Scope.NameOf(_known[at].Since)}. Remove it, or set cwlVersion: {Scope.NameOf(_known[at].Since)}.");
            }
        }
    }

    private void ComplainOf(MapEntry entry)
    {
        if (entry.Key.Contains(':', StringComparison.Ordinal))
        {
            var prefix = entry.Key[..entry.Key.IndexOf(':', StringComparison.Ordinal)];
            scope.Problems.WarnOnce(map.Document, prefix, entry.KeyPosition, $"Fields of the extension '{prefix}:' are ignored, such as '{entry.Key}'.");
            return;
        }

        var known = _known.Where(known => known.Since <= scope.Version).Select(known => known.Name).Distinct().ToList();
        var suggestion = Suggestion.For(entry.Key, known);
        var message = $"{owner} has no field '{entry.Key}'.{(suggestion.Length > 0 ? suggestion : $" Expected one of {string.Join(", ", known)}.")}";
        if (scope.Strict)
        {
            scope.Problems.Error(entry.KeyPosition, message);
        }
        else
        {
            scope.Problems.Warn(entry.KeyPosition, message);
        }
    }

    private List<ScalarNode> TextsIn(Node value, string name)
    {
        var texts = new List<ScalarNode>();
        foreach (var item in value is ListNode list ? list.Items : [value])
        {
            if (AsText(item, name) is { } text)
            {
                texts.Add(text);
            }
        }

        return texts;
    }
}
