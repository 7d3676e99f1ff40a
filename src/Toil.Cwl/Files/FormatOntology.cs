using System.Text;
using System.Xml;

namespace Toil.Cwl.Files;

/// <summary>Which formats are kinds of which others, as ontologies in RDF/XML or Turtle say by <c>rdfs:subClassOf</c> and <c>owl:equivalentClass</c>.</summary>
internal sealed class FormatOntology
{
    private const string SubClassOf = "http://www.w3.org/2000/01/rdf-schema#subClassOf";
    private const string EquivalentClass = "http://www.w3.org/2002/07/owl#equivalentClass";
    private const string Rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";

    /// <summary>Enough for any ontology's abbreviations, and an end to entities that multiply.</summary>
    private const long MostCharactersOfEntities = 64 << 20;

    private readonly Dictionary<string, HashSet<string>> _kindsOf = [];

    /// <summary>Adds what a document says.</summary>
    /// <param name="text">The document.</param>
    /// <exception cref="FormatException">It is neither RDF/XML nor Turtle.</exception>
    public void Add(ReadOnlySpan<byte> text)
    {
        var content = Encoding.UTF8.GetString(text).TrimStart('\uFEFF', ' ', '\r', '\n', '\t');
        if (content.StartsWith('<') && !content.StartsWith("<http", StringComparison.Ordinal))
        {
            AddXml(content);
        }
        else
        {
            foreach (var (subject, predicate, value) in new TurtleReader(content).Read())
            {
                Relate(subject, predicate, value);
            }
        }
    }

    /// <summary>Whether a format is another one, or a kind of it.</summary>
    public bool IsKindOf(string format, string wanted)
    {
        var seen = new HashSet<string> { format };
        var waiting = new Queue<string>([format]);
        while (waiting.TryDequeue(out var next))
        {
            if (next == wanted)
            {
                return true;
            }

            foreach (var wider in _kindsOf.GetValueOrDefault(next) ?? [])
            {
                if (seen.Add(wider))
                {
                    waiting.Enqueue(wider);
                }
            }
        }

        return false;
    }

    private void Relate(string subject, string predicate, string value)
    {
        if (predicate is not (SubClassOf or EquivalentClass))
        {
            return;
        }

        Widen(subject, value);
        if (predicate == EquivalentClass)
        {
            Widen(value, subject);
        }
    }

    private void Widen(string format, string wider)
    {
        if (!_kindsOf.TryGetValue(format, out var all))
        {
            _kindsOf.Add(format, all = []);
        }

        all.Add(wider);
    }

    private void AddXml(string text)
    {
        var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Parse, XmlResolver = null, MaxCharactersFromEntities = MostCharactersOfEntities };
        using var source = new StringReader(text);
        using var reader = XmlReader.Create(source, settings);
        var subjects = new Stack<string?>();
        try
        {
            while (reader.Read())
            {
                if (reader.NodeType == XmlNodeType.EndElement)
                {
                    subjects.Pop();
                }
                else if (reader.NodeType == XmlNodeType.Element)
                {
                    AddElement(reader, subjects);
                }
            }
        }
        catch (XmlException error)
        {
            throw new FormatException(error.Message, error);
        }
    }

    /// <summary>Classes and their properties stand in each other by turns; what is inside a property that names a class by itself is about that class.</summary>
    private void AddElement(XmlReader reader, Stack<string?> subjects)
    {
        var predicate = reader.NamespaceURI + reader.LocalName;
        var isEmpty = reader.IsEmptyElement;
        if (predicate is SubClassOf or EquivalentClass && subjects.TryPeek(out var subject) && subject is not null && reader.GetAttribute("resource", Rdf) is { } value)
        {
            Relate(subject, predicate, value);
        }

        if (!isEmpty)
        {
            subjects.Push(reader.GetAttribute("about", Rdf));
        }
    }
}
