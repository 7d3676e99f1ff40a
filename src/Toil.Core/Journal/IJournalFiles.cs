namespace Toil.Journaling;

/// <summary>The few file operations that the journal stands on, so that tests can count, delay and lose them.</summary>
internal interface IJournalFiles
{
    /// <summary>The published names, in no order.</summary>
    IReadOnlyList<string> List();

    bool Exists(string name);

    /// <returns>Null when there is no such file.</returns>
    IJournalFile? TryOpen(string name);

    /// <summary>A new file without a published name; it vanishes when disposed unpublished.</summary>
    IJournalFile CreateDraft();

    /// <summary>Gives a draft its name: afterwards bytes and name are durable.</summary>
    /// <returns>False when the name is taken.</returns>
    bool TryPublish(IJournalFile draft, string name);

    /// <summary>How messages call the file.</summary>
    string Describe(string name);
}
