using System.Text;
using Toil.Journaling;
using Xunit;

namespace Toil.Tests.Journal;

/// <summary>Short forms for tests whose records are texts.</summary>
internal static class JournalScript
{
    public static JournalWriter TakeOver(this IJournalFiles files, bool acceptLoss = false) =>
        JournalWriter.TakeOver(files, files.Replay(acceptLoss: acceptLoss).Result.End);

    public static async Task<RecordLocation[]> FlushGroupAsync(this JournalWriter writer, params string[] records)
    {
        var locations = records.Select(record => writer.Append(Encoding.UTF8.GetBytes(record))).ToArray();
        await writer.FlushAsync(TestContext.Current.CancellationToken);
        return locations;
    }

    public static (List<string> Records, ReplayResult Result) Replay(this IJournalFiles files, bool fromStart = false, bool acceptLoss = false)
    {
        var records = new List<string>();
        using var reader = new JournalReader(files);
        var result = reader.Replay(
            (_, record) => records.Add(Encoding.UTF8.GetString(record)),
            mark => records.Add($"<{mark}>"),
            fromStart,
            acceptLoss);
        return (records, result);
    }

    public static string Text(this JournalWriter writer, RecordLocation location) => Encoding.UTF8.GetString(writer.Read(location).Span);

    public static async Task SnapshotAsync(this JournalWriter writer, params string[] records)
    {
        using var snapshot = writer.BeginSnapshot();
        foreach (var record in records)
        {
            snapshot.Append(Encoding.UTF8.GetBytes(record));
        }

        await snapshot.CompleteAsync(TestContext.Current.CancellationToken);
    }
}
