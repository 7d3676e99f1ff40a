using System.Globalization;
using System.Text.RegularExpressions;

namespace Toil.BatchSystems.Grid.Lsf;

/// <summary>
/// What <c>bhist -l</c> prints: blocks with dashes in between, each begins with <c>Job &lt;12[3]&gt;,</c>. Its lines are broken anywhere, within words too, so
/// that blanks mean nothing.
/// </summary>
internal static partial class BhistOutput
{
    public static IEnumerable<BatchJobEnd> Parse(string output)
    {
        foreach (var block in BlockPattern().Split(output).Select(block => string.Concat(block.Where(letter => !char.IsWhiteSpace(letter)))))
        {
            if (IdPattern().Match(block) is { Success: true } id && EndOf(id.Groups[1].Value, block) is { } end)
            {
                yield return end;
            }
        }
    }

    /// <summary>The last one counts: a job may have run more than once.</summary>
    private static BatchJobEnd? EndOf(string id, string block)
    {
        var (done, exited) = (block.LastIndexOf("Donesuccessfully", StringComparison.Ordinal), block.LastIndexOf("Exited", StringComparison.Ordinal));
        if (done > exited)
        {
            return LsfStates.EndOf(id, "DONE", "", "");
        }

        var (code, signal, reason) = (ExitPattern().Matches(block).LastOrDefault(), SignalPattern().Matches(block).LastOrDefault(), TerminationPattern().Matches(block).LastOrDefault());
        return exited < 0 ? null
            : LsfStates.EndOf(id, "EXIT", code?.Groups[1].Value ?? (signal is null ? "" : SignalCode(signal.Groups[1].Value)), reason?.Value ?? "");
    }

    private static string SignalCode(string signal) => (128 + int.Parse(signal, NumberStyles.None, CultureInfo.InvariantCulture)).ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex("^-{10,}$", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex BlockPattern();

    [GeneratedRegex(@"^(?:Summaryof[^<]*)?Job<(\d+(?:\[\d+\])?)>", RegexOptions.CultureInvariant)]
    private static partial Regex IdPattern();

    [GeneratedRegex(@"TERM_[A-Z_]+", RegexOptions.CultureInvariant)]
    private static partial Regex TerminationPattern();

    [GeneratedRegex(@"Exitedwithexitcode(\d{1,3})", RegexOptions.CultureInvariant)]
    private static partial Regex ExitPattern();

    [GeneratedRegex(@"Exitedbysignal(\d{1,2})", RegexOptions.CultureInvariant)]
    private static partial Regex SignalPattern();
}
