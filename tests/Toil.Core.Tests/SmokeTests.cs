using Xunit;
namespace Toil.Tests;
public class SmokeTests { [Fact] public void One_Is_One() => Assert.Equal(1, 1); }
