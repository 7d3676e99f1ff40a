namespace Toil.Integration.Tests.Grid.Fakes;

/// <summary>A command of a fake scheduler as somebody called it.</summary>
internal sealed record FakeCall(string Program, IReadOnlyList<string> Arguments, string Directory, IReadOnlyDictionary<string, string> Environment, string Input)
{
    public override string ToString() => $"{Program} {string.Join(' ', Arguments)}";

    /// <summary>Reads what the client script has written down.</summary>
    public static FakeCall Read(string directory)
    {
        var words = File.ReadAllText(Path.Combine(directory, "arguments")).Split('\0')[..^1];
        var variables = File.ReadAllText(Path.Combine(directory, "environment")).Split('\0')[..^1];
        return new FakeCall(
            words[0], words[1..], File.ReadAllText(Path.Combine(directory, "directory")),
            variables.Select(line => line.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]), File.ReadAllText(Path.Combine(directory, "input")));
    }
}

/// <summary>What a command prints, and its exit code.</summary>
internal sealed record FakeAnswer(string Output = "", string Error = "", int Code = 0);

/// <summary>What a command refuses, in the scheduler's words.</summary>
internal sealed class FakeRefusal(string error, int code = 1) : Exception(error)
{
    public FakeAnswer Answer => new(Error: $"{Message}\n", Code: code);
}

/// <summary>What goes wrong with one command.</summary>
/// <param name="Acts">Whether it does what it was asked for nevertheless.</param>
/// <param name="Answer">What it says, out of what it should say.</param>
internal sealed record FakeFault(bool Acts, Func<FakeAnswer, FakeAnswer> Answer)
{
    /// <summary>Its output breaks off in the middle of a line, and it doesn't seem to have failed.</summary>
    public static FakeFault Half { get; } = new(true, answer => answer with { Output = answer.Output[..(answer.Output.Length / 2)] });

    /// <summary>It says nothing at all, and doesn't seem to have failed.</summary>
    public static FakeFault Nothing { get; } = new(true, _ => new FakeAnswer());

    /// <summary>It does nothing and says why.</summary>
    public static FakeFault Failure(string error, int code) => new(false, _ => new FakeAnswer("", error, code));

    /// <summary>It does what it was asked for, but the answer is lost on the way.</summary>
    public static FakeFault LostAnswer(string error, int code) => new(true, _ => new FakeAnswer("", error, code));
}
