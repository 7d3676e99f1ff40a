using System.Collections;
using System.Globalization;
using Toil.Values;

namespace Toil.Agents;

/// <summary>Turns a command job's arguments into what a program takes: files into local paths, lists into one argument per element.</summary>
internal static class CommandArguments
{
    /// <returns>The program and its arguments.</returns>
    public static async Task<List<string>> ReadAsync(LaunchOrder order, IFileStore files, CancellationToken cancellation)
    {
        var words = new List<string>();
        await AddAsync(words, ValueReader.Read(order.Arguments), files, cancellation).ConfigureAwait(false);
        return words;
    }

    private static async Task AddAsync(List<string> words, object? value, IFileStore files, CancellationToken cancellation)
    {
        switch (value)
        {
            case null:
                break;
            case FileId file:
                words.Add(await files.ReadAsync(file, cancellation: cancellation).ConfigureAwait(false));
                break;
            case List<object?> items:
                foreach (var item in items)
                {
                    await AddAsync(words, item, files, cancellation).ConfigureAwait(false);
                }

                break;
            default:
                words.Add(ToText(value));
                break;
        }
    }

    private static string ToText(object value) => value switch
    {
        string text => text,
        bool flag => flag ? "true" : "false",
        ByteSize size => size.Bytes.ToString(CultureInfo.InvariantCulture),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        IEnumerable or Leaf => throw new ToilException($"A {value.GetType().Name} can't be an argument of a command. Pass strings, numbers, files, or lists of them."),
        _ => value.ToString() ?? "",
    };
}
