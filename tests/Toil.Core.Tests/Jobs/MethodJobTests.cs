using Toil.Jobs;
using Toil.Values;
using Xunit;

namespace Toil.Tests.Jobs;

public sealed class MethodJobTests
{
    public record Options(string Name, int Level = 3);

    public sealed class Sum : IJob
    {
        public Promised<int> Left { get; set; }

        public int Right { get; init; }

        public List<string>? Words { get; set; }

        public Task<object?> RunAsync(JobContext job) => Task.FromResult<object?>($"{Left.Value + Right} {Words?.Count}");
    }

    public sealed class Closed(int value) : IJob
    {
        public Task<object?> RunAsync(JobContext job) => Task.FromResult<object?>(value);
    }

    [Fact]
    public async Task RunAsync_ArgumentsOfManyTypes_AreBound()
    {
        Assert.Equal("5 Monday n3 -", await RunAsync(Job.Of(Mixed, 5, DayOfWeek.Monday, new Options("n"))));
        Assert.Equal("5 Sunday n3 7", await RunAsync(Job.Of(Mixed, 5L, "Sunday", new Options("n"), 7)));
        Assert.Equal("a-1,b-2", await RunAsync(Job.Of(Table, new Dictionary<string, int> { ["a"] = 1, ["b"] = 2 })));
    }

    [Fact]
    public async Task RunAsync_LambdasAndLocalFunctions_Run()
    {
        static int Twice(int x) => 2 * x;

        Assert.Equal(8, await RunAsync(Job.Of(Twice, 4)));
        Assert.Equal(6, await RunAsync(Job.Of((int x) => x + 2, 4)));
        Assert.Equal("Twice", Job.Of(Twice, 4).Name);
        Assert.Equal("lambda", Job.Of(() => 1).Name);
    }

    [Fact]
    public async Task RunAsync_AnyKindOfTask_IsAwaited()
    {
        Assert.Equal(1, await RunAsync(Job.Of(async () => { await Task.Yield(); return 1; })));
        Assert.Equal(2, await RunAsync(Job.Of(static () => Task.FromResult(1).ContinueWith(task => task.Result + 1, TaskScheduler.Default))));
        Assert.Equal(3, await RunAsync(Job.Of(static () => new ValueTask<int>(3))));
        Assert.Null(await RunAsync(Job.Of(async () => await Task.Yield())));
        Assert.Null(await RunAsync(Job.Of(static () => default(ValueTask))));
    }

    [Fact]
    public async Task RunAsync_JobClass_GetsItsProperties() =>
        Assert.Equal("42 2", await RunAsync(Job.Of(new Sum { Left = 40, Right = 2, Words = ["a", "b"] })));

    [Fact]
    public void Create_JobClassWithPromise_HasAHole()
    {
        var producer = Job.Of(() => 1);

        Assert.Same(producer, Assert.Single(Job.Of(new Sum { Left = producer }).Arguments.Holes).Producer);
    }

    [Fact]
    public void Create_CapturingLambda_NamesTheVariables()
    {
        var (outer, inner) = (1, 2);
        Func<int> one = () => outer + inner;

        var error = Assert.Throws<ToilException>(() => Job.Of(one));

        Assert.Contains("'outer'", error.Message, StringComparison.Ordinal);
        Assert.Contains("'inner'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Create_WhatAWorkerCantFind_IsRefused()
    {
        Assert.Contains("is an instance method", Refusal(() => Job.Of(Instance)), StringComparison.Ordinal);
        Assert.Contains("is a generic method", Refusal(() => Job.Of(Generic<int>, 1)), StringComparison.Ordinal);
        Assert.Contains("no public constructor", Refusal(() => Job.Of(new Closed(1))), StringComparison.Ordinal);
    }

    [Fact]
    public void Create_WrongNumberOfArguments_NamesTheParameters()
    {
        Assert.Contains("takes 4 arguments (number, day, options, last); 2 were given", Refusal(() => Job.Of(Mixed, 1, DayOfWeek.Monday)), StringComparison.Ordinal);
        Assert.Contains("takes 1 argument (table); 2 were given", Refusal(() => Job.Of(Table, 1, 2)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_ArgumentThatDoesntFit_NamesIt()
    {
        var error = await Assert.ThrowsAsync<ToilException>(() => RunAsync(Job.Of(Mixed, "many", DayOfWeek.Monday, new Options("n"))));

        Assert.StartsWith("Argument 'number' of Mixed:", error.Message, StringComparison.Ordinal);
    }

    private static string Mixed(JobContext job, int number, DayOfWeek day, Options options, int? last = null) =>
        $"{number} {day} {options.Name}{options.Level} {last?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "-"}";

    private static string Table(IReadOnlyDictionary<string, int> table) => string.Join(",", table.Select(entry => $"{entry.Key}-{entry.Value}"));

    private static T Generic<T>(T value) => value;

#pragma warning disable CA1822 // An instance method is what the test is about.
    private int Instance() => 1;
#pragma warning restore CA1822

    private static string Refusal(Action make) => Assert.Throws<ToilException>(make).Message;

    private static Task<object?> RunAsync(Job job)
    {
        var context = new JobContext(job, new Requirements(1, 0, 0), 1, null!, (_, _) => { }, TestContext.Current.CancellationToken);
        return MethodJob.RunAsync(job.Code, ValueReader.Read(new EncodedValue(job.Arguments.Body, [])), context);
    }
}
