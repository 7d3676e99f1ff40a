namespace Toil.Options;

/// <summary>Finds out when a switch and its opposite are both given: <c>--caching</c> and <c>--disableCaching</c>. A repeated name isn't one: there the last value counts.</summary>
internal sealed class SpellingCheck
{
    private readonly Dictionary<CommandLineOption, (string Spelling, string Text)> _seen = [];

    /// <exception cref="UsageException">Another spelling said the opposite.</exception>
    public void Add(CommandLineOption option, string spelling, string text)
    {
        if (option.IsFlag && _seen.TryGetValue(option, out var other)
            && !other.Spelling.Equals(spelling, StringComparison.OrdinalIgnoreCase)
            && !other.Text.Equals(text, StringComparison.OrdinalIgnoreCase))
        {
            throw new UsageException($"{other.Spelling} and {spelling} contradict each other; give one of them.");
        }

        _seen[option] = (spelling, text);
    }
}
