using System.Text;

namespace Toil.BatchSystems.Grid;

/// <summary>Takes arguments apart that users have written into one text, as a POSIX shell would, without expanding anything.</summary>
internal static class ArgumentText
{
    private const string EscapedInQuotes = "\"\\$`";

    /// <param name="text">The arguments, with quotes and backslashes as in a shell.</param>
    /// <param name="source">Where they stand, for the message: <c>TOIL_SLURM_ARGS</c>.</param>
    /// <exception cref="ToilException">A quote isn't closed.</exception>
    public static IReadOnlyList<string> Split(string? text, string source)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        var (isOpen, quote) = (false, '\0');
        for (var i = 0; i < text?.Length; i++)
        {
            var letter = text[i];
            if (letter == '\\' && i + 1 < text.Length && (quote == '\0' || (quote == '"' && EscapedInQuotes.Contains(text[i + 1]))))
            {
                word.Append(text[++i]);
                isOpen = true;
            }
            else if (letter == quote)
            {
                quote = '\0';
            }
            else if (quote == '\0' && letter is '\'' or '"')
            {
                (quote, isOpen) = (letter, true);
            }
            else if (quote == '\0' && char.IsWhiteSpace(letter))
            {
                Close();
            }
            else
            {
                word.Append(letter);
                isOpen = true;
            }
        }

        if (quote != '\0')
        {
            throw new ToilException($"{source} has a {quote} that isn't closed: {text}");
        }

        Close();
        return words;

        void Close()
        {
            if (isOpen)
            {
                words.Add(word.ToString());
            }

            word.Clear();
            isOpen = false;
        }
    }
}
