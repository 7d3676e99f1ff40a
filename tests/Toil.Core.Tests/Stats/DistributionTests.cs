using Xunit;

namespace Toil.Tests.Stats;

public class DistributionTests
{
    [Theory]
    [InlineData(new long[] { 5 }, 5, 5, 5, 5, 5)]
    [InlineData(new long[] { 9, 1, 2 }, 1, 2, 4, 9, 12)]
    [InlineData(new long[] { 4, 1, 2, 10 }, 1, 3, 4, 10, 17)]
    [InlineData(new long[0], 0, 0, 0, 0, 0)]
    public void Of_Values_HasTheirFigures(long[] values, long min, long median, long mean, long max, long total) =>
        Assert.Equal(new Distribution<long>(min, median, mean, max, total), Distribution.Of([.. values]));
}
