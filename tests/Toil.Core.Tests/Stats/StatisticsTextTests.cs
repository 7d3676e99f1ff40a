using Toil.Stats;
using Xunit;

namespace Toil.Tests.Stats;

public class StatisticsTextTests
{
    private static readonly WorkflowStatistics Statistics = new("file:/store", Guid.Empty, TimeSpan.FromMinutes(3), Jobs("all jobs", 3, 0), [Jobs("b, \"c\"", 2, 1), Jobs("a", 1, 0)]);

    [Fact]
    public void Write_Human_HasABlockForEachName()
    {
        Assert.Equal(
            """
            Job store  file:/store
            Workflow   00000000-0000-0000-0000-000000000000, ran for 3m00s

            all jobs: 3 runs; 0.5 of 2 cores busy
                            min        med        ave        max      total      asked
              time        1.00s      2.00s      3.00s      1m30s      3h20m
              memory       1 Ki       2 Ki       3 Ki       4 Ki       5 Ki       1 Gi

            a: 1 run; 0.5 of 2 cores busy
                            min        med        ave        max      total      asked
              time        1.00s      2.00s      3.00s      1m30s      3h20m
              memory       1 Ki      *2 Ki       3 Ki       4 Ki       5 Ki       1 Gi

            b, "c": 2 runs, 1 failed attempt that took 0.50s; 0.5 of 2 cores busy
                            min        med        ave        max      total      asked
              time        1.00s      2.00s      3.00s      1m30s      3h20m
              memory       1 Ki      *2 Ki       3 Ki       4 Ki       5 Ki       1 Gi

            """,
            Render(output => StatisticsText.Write(output, Statistics, View with { SortCategory = "memory", SortReverse = true })));
    }

    [Fact]
    public void Write_Csv_QuotesWhatNeedsIt() => Assert.Equal(
        """"
        name,count,failed,category,min,med,ave,max,total,asked
        a,1,0,time,1,2,3,90,12000,
        a,1,0,memory,1024,2048,3072,4096,5120,1073741824
        "b, ""c""",2,1,time,1,2,3,90,12000,
        "b, ""c""",2,1,memory,1024,2048,3072,4096,5120,1073741824

        """",
        Render(output => StatisticsCsv.Write(output, Statistics, View with { SortCategory = "name" })));

    [Theory]
    [InlineData(0.0004, "0.4ms")]
    [InlineData(9.994, "9.99s")]
    [InlineData(61, "1m01s")]
    [InlineData(3660, "1h01m")]
    [InlineData(90_000, "1d01h")]
    public void Describe_Duration_HasTwoUnits(double seconds, string text) => Assert.Equal(text, StatisticsText.Describe(TimeSpan.FromSeconds(seconds)));

    private static StatisticsView View => new() { Columns = [StatisticsColumn.All[0], StatisticsColumn.All[3]] };

    private static JobStatistics Jobs(string name, int count, int failed) => new(name, count, failed, TimeSpan.FromSeconds(0.5))
    {
        Time = new Distribution<double>(1, 2, 3, 90, 12_000).Select(TimeSpan.FromSeconds),
        Cpu = new Distribution<double>(1, 2, 3, 90, 6000).Select(TimeSpan.FromSeconds),
        Memory = new Distribution<long>(1024, 2048, 3072, 4096, 5120).Select(ByteSize.FromInt64),
        AskedCores = 2,
        AskedMemory = 1L << 30,
    };

    private static string Render(Action<TextWriter> write)
    {
        using var output = new StringWriter { NewLine = "\n" };
        write(output);
        return output.ToString();
    }
}
