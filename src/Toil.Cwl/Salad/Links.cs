using Toil.Cwl.Loading;

namespace Toil.Cwl.Salad;

/// <summary>Turns references as they are written into absolute URIs.</summary>
internal static class Links
{
    private const string CwlTerms = "https://w3id.org/cwl/cwl#";
    private const string SaladTerms = "https://w3id.org/cwl/salad#";

    /// <summary>The URI that a reference leads to. Fragments stay as they are written.</summary>
    public static string Resolve(SourceDocument document, string reference)
    {
        reference = ExpandPrefix(document, reference);
        var hash = reference.IndexOf('#', StringComparison.Ordinal);
        var file = hash < 0 ? reference : reference[..hash];
        var fragment = hash < 0 ? "" : reference[hash..];
        if (file.Length == 0)
        {
            return WithoutFragment(document.BaseUri) + fragment;
        }

        return Uri.TryCreate(document.Base, file, out var absolute) ? absolute.AbsoluteUri + fragment : reference;
    }

    /// <summary>Replaces a prefix that the document's namespaces declare.</summary>
    public static string ExpandPrefix(SourceDocument document, string name)
    {
        var colon = name.IndexOf(':', StringComparison.Ordinal);
        if (colon <= 0)
        {
            return name;
        }

        var prefix = name[..colon];
        return document.Namespaces.TryGetValue(prefix, out var meant) ? meant + name[(colon + 1)..] : prefix switch
        {
            "cwl" => CwlTerms + name[(colon + 1)..],
            "cwltool" => "http://commonwl.org/cwltool#" + name[(colon + 1)..],
            _ => name,
        };
    }

    /// <summary>A word of the language, such as a class, without the prefix or URI of its vocabulary.</summary>
    public static string Term(SourceDocument document, string name)
    {
        if (!name.Contains(':', StringComparison.Ordinal))
        {
            return name;
        }

        var full = ExpandPrefix(document, name);
        return full.StartsWith(CwlTerms, StringComparison.Ordinal) ? full[CwlTerms.Length..]
            : full.StartsWith(SaladTerms, StringComparison.Ordinal) ? full[SaladTerms.Length..]
            : full;
    }

    public static string WithoutFragment(string uri) => uri.IndexOf('#', StringComparison.Ordinal) is var hash and >= 0 ? uri[..hash] : uri;

    /// <summary>What stands behind <c>#</c>, or nothing.</summary>
    public static string FragmentOf(string uri) => uri.IndexOf('#', StringComparison.Ordinal) is var hash and >= 0 ? uri[(hash + 1)..] : "";

    /// <summary>The last part of an identifier: <c>reads</c> of <c>#main/align/reads</c>.</summary>
    public static string ShortName(string id) => id[(id.LastIndexOfAny(['#', '/']) + 1)..];

    /// <summary>The identifier that <paramref name="id"/> stands for inside something identified by <paramref name="scope"/>.</summary>
    public static string Identify(SourceDocument document, string scope, string id) => id.Contains('#', StringComparison.Ordinal) || id.Contains(':', StringComparison.Ordinal)
        ? Resolve(document, id)
        : scope.Contains('#', StringComparison.Ordinal) ? $"{scope}/{id}" : $"{scope}#{id}";
}
