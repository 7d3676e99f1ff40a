using System.CommandLine;
using Toil.JobStores;
using Toil.Stats;

namespace Toil.Cli.Commands;

/// <summary><c>toil stats</c>: what a workflow's jobs used.</summary>
internal static class StatsCommand
{
    private const string Description = """
        Say what a workflow's jobs used, by name: how often they ran, their wall clock time, processor time, wait (from the end
        of the last job that one waited for to its start), peak memory and disk, beside what they had asked for. It reads the
        journal, which always keeps this, and doesn't disturb a workflow that runs.
        """;

    private static readonly Option<bool> Json = new("--json") { Description = "Write JSON, in seconds and bytes." };
    private static readonly Option<bool> Csv = new("--csv") { Description = "Write comma-separated values, in seconds and bytes." };
    private static readonly Option<bool> Raw = new("--raw") { Description = "Write a line of JSON for each attempt, failed ones too, instead of a summary." };
    private static readonly Option<bool> Bytes = new("--bytes") { Description = "Write plain seconds and bytes instead of units that people read." };
    private static readonly Option<bool> Human = new("--humanReadable", "--human", "-p") { Description = "Write units that people read. That is the default." };
    private static readonly Option<string> Categories = new("--categories") { Description = "What to show, separated by commas: time, cpu (or clock), wait, memory, disk.", HelpName = "LIST" };
    private static readonly Option<string> SortCategory = Choice("--sortCategory", "What to sort names by.", "time", [.. StatisticsView.SortCategories, "alpha", "clock"]);
    private static readonly Option<string> SortField = Choice("--sortField", "Which of its figures.", "med", [.. StatisticsColumn.Fields.Select(field => field.Name)]);
    private static readonly Option<bool> SortReverse = new("--sortReverse", "--reverseSort") { Description = "The greatest first." };
    private static readonly Option<string[]> Names = new("--name") { Description = "Only jobs of this name; * and ? are allowed. May be repeated.", HelpName = "PATTERN" };
    private static readonly Option<string> OutputFile = new("--outputFile") { Description = "Write to this file instead of standard output.", HelpName = "FILE" };

    public static Command Build()
    {
        var command = StoreCommand.Build("stats", Description, ShowAsync);
        foreach (var option in new Option[] { Json, Csv, Raw, Bytes, Human, Categories, SortCategory, SortField, SortReverse, Names, OutputFile })
        {
            command.Add(option);
        }

        return command;
    }

    private static async Task<int> ShowAsync(ParseResult parsed, JobStoreLocator locator, CancellationToken cancellation)
    {
        var view = ReadView(parsed);
        await using var store = await JobStore.OpenAsync(locator, cancellation);
        await using var output = parsed.GetValue(OutputFile) is { } path ? File.Create(path) : Console.OpenStandardOutput();
        await using var buffer = new BufferedStream(output, 1 << 16);
        Write(parsed, buffer, store, view);
        return ExitCode.Success;
    }

    private static void Write(ParseResult parsed, Stream output, JobStore store, StatisticsView view)
    {
        var names = NamePatterns.Matching(parsed.GetValue(Names) ?? []);
        if (parsed.GetValue(Raw))
        {
            RawStatistics.Write(output, store, names);
            return;
        }

        var statistics = StatisticsReader.Read(store, names);
        if (parsed.GetValue(Json))
        {
            StatisticsJson.Write(output, statistics, view);
            return;
        }

        using var writer = new StreamWriter(output, leaveOpen: true);
        if (parsed.GetValue(Csv))
        {
            StatisticsCsv.Write(writer, statistics, view);
        }
        else
        {
            StatisticsText.Write(writer, statistics, view);
        }
    }

    private static StatisticsView ReadView(ParseResult parsed)
    {
        if (new[] { Json, Csv, Raw }.Count(parsed.GetValue) > 1)
        {
            throw new UsageException("Give only one of --json, --csv and --raw.");
        }

        return new StatisticsView
        {
            Columns = parsed.GetValue(Categories) is { } list ? [.. list.Split(',', StringSplitOptions.TrimEntries).Select(ColumnOf)] : StatisticsColumn.All,
            SortCategory = Canonical(parsed.GetValue(SortCategory)!),
            SortField = parsed.GetValue(SortField)!,
            SortReverse = parsed.GetValue(SortReverse),
            IsPlain = parsed.GetValue(Bytes) && !parsed.GetValue(Human),
        };
    }

    private static StatisticsColumn ColumnOf(string name) =>
        StatisticsColumn.All.FirstOrDefault(column => column.Name == Canonical(name))
        ?? throw new UsageException($"There is no category '{name}'. There are: {string.Join(", ", StatisticsColumn.All.Select(column => column.Name))}.");

    /// <summary>Toil's own names stay valid.</summary>
    private static string Canonical(string name) => name switch
    {
        "clock" => "cpu",
        "alpha" => "name",
        _ => name,
    };

    private static Option<string> Choice(string name, string description, string fallback, string[] choices)
    {
        var option = new Option<string>(name) { Description = $"{description} One of: {string.Join(", ", choices)}.", HelpName = "NAME", DefaultValueFactory = _ => fallback };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string>() is { } given && !choices.Contains(given))
            {
                result.AddError($"{name}: '{given}' is not valid; expected one of {string.Join(", ", choices)}.");
            }
        });
        option.CompletionSources.Add(choices);
        return option;
    }
}
