namespace Toil.JavaScript;

/// <summary>What a script may use before it is ended.</summary>
/// <param name="Time">Of the wall clock, for each call.</param>
/// <param name="Memory">Bytes that its strings, arrays and objects may take, roughly.</param>
/// <param name="Depth">Calls inside each other.</param>
internal sealed record ScriptLimits(TimeSpan Time, long Memory = 256 << 20, int Depth = 1000);
