using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Toil.Options;

/// <summary>The kinds of values that options take.</summary>
internal static class ValueSyntaxes
{
    public static readonly ValueSyntax<bool> Flag = new("BOOL", "True or False", TryParseFlag, value => value ? "True" : "False");

    public static readonly ValueSyntax<string> Text = new("TEXT", "any text", TryParseText, value => value);

    public static readonly ValueSyntax<string> FilePath = new("PATH", "a path", TryParseText, value => value);

    public static readonly ValueSyntax<string> Locator = new("STORE", "a path or a locator such as file:store", TryParseText, value => value);

    public static readonly ValueSyntax<string> Assignment = new("NAME=VALUE", "NAME=VALUE, or NAME to take the value from the environment", TryParseAssignment, value => value);

    public static readonly ValueSyntax<int> Count = Number("COUNT", "a whole number, 0 or more", (int value) => value >= 0);

    public static readonly ValueSyntax<int> PositiveCount = Number("COUNT", "a whole number, 1 or more", (int value) => value >= 1);

    public static readonly ValueSyntax<double> Cores = Number("CORES", "a number above 0, such as 1 or 0.5", (double value) => value > 0 && double.IsFinite(value));

    // The manual lets limits of cores have suffixes, as sizes have.
    public static readonly ValueSyntax<double> CoreLimit = Cores with { TryParse = TryParseCoreLimit };

    public static readonly ValueSyntax<long> Limit = Number("COUNT", "a whole number, 0 or more", (long value) => value >= 0);

    public static readonly ValueSyntax<double> Factor = Number("FACTOR", "a number above 0, such as 0.5", (double value) => value > 0 && double.IsFinite(value));

    public static readonly ValueSyntax<double> Share = Number("SHARE", "a number from 0 to 1", (double value) => value is >= 0 and <= 1);

    public static readonly ValueSyntax<TimeSpan> Time = new("TIME", "a time of 0 or more, in seconds or with a suffix: 90, 500ms, 5m, 1.5h or 2d", Duration.TryParse, Duration.Format);

    public static readonly ValueSyntax<TimeSpan> PositiveTime = new(
        "TIME", "a time above 0, in seconds or with a suffix: 90, 500ms, 5m, 1.5h or 2d", TryParsePositiveTime, Duration.Format);

    public static readonly ValueSyntax<string> Accelerators = new(
        "LIST", "kinds or models of accelerators with counts, such as gpu, nvidia:2 or gpu:1,amd:2", TryParseAccelerators, value => value);

    public static readonly ValueSyntax<ByteSize> Size = new("SIZE", "a size of 0 or more, such as 500M, 2Gi or a number of bytes", ByteSize.TryParse, value => value.ToString());

    public static readonly ValueSyntax<ByteSize> SignedSize = new("SIZE", "a size such as 64K, 0, or a negative size such as -64K", TryParseSignedSize, value => value.ToString());

    public static readonly ValueSyntax<CleanPolicy> Policy = Choice(
        "WHEN", ("always", CleanPolicy.Always), ("onError", CleanPolicy.OnError), ("never", CleanPolicy.Never), ("onSuccess", CleanPolicy.OnSuccess));

    // As in the manual, OFF still shows critical messages.
    public static readonly ValueSyntax<LogLevel> Level = Choice(
        "LEVEL", ("CRITICAL", LogLevel.Critical), ("OFF", LogLevel.Critical), ("ERROR", LogLevel.Error), ("WARNING", LogLevel.Warning), ("WARN", LogLevel.Warning), ("INFO", LogLevel.Info), ("DEBUG", LogLevel.Debug));

    // Which names there are is known once plug-ins are loaded.
    public static readonly ValueSyntax<string> BatchSystem = new("NAME", "the name of a batch system", TryParseText, value => value);

    /// <summary>One of several names, whatever their case.</summary>
    public static ValueSyntax<T> Choice<T>(string name, params (string Text, T Value)[] choices)
        where T : notnull
    {
        return new(name, JoinNames(Array.ConvertAll(choices, choice => choice.Text)), TryParse, Format);

        bool TryParse(string text, [NotNullWhen(true)] out T? value)
        {
            var index = Array.FindIndex(choices, choice => choice.Text.Equals(text, StringComparison.OrdinalIgnoreCase));
            value = index < 0 ? default : choices[index].Value;
            return index >= 0;
        }

        string Format(T value) => choices.First(choice => choice.Value.Equals(value)).Text;
    }

    /// <summary>One of the names of an enum, whatever their case.</summary>
    public static ValueSyntax<object> NameIn(Type type)
    {
        var names = Enum.GetNames(type);
        return new("NAME", JoinNames(names), TryParse, value => value.ToString()!);

        bool TryParse(string text, [NotNullWhen(true)] out object? value)
        {
            var name = Array.Find(names, name => name.Equals(text, StringComparison.OrdinalIgnoreCase));
            value = name is null ? null : Enum.Parse(type, name);
            return value is not null;
        }
    }

    /// <summary>A number in the invariant culture, so that a command line means the same everywhere.</summary>
    public static ValueSyntax<T> Number<T>(string name, string allowed, Func<T, bool>? isAllowed = null)
        where T : struct, IParsable<T>, IFormattable
    {
        return new(name, allowed, TryParse, value => value.ToString(null, CultureInfo.InvariantCulture));

        bool TryParse(string text, out T value) =>
            T.TryParse(text, CultureInfo.InvariantCulture, out value) && (isAllowed?.Invoke(value) ?? true);
    }

    private static string JoinNames(string[] names) => names.Length == 1 ? names[0] : $"{string.Join(", ", names[..^1])} or {names[^1]}";

    private static bool TryParseFlag(string text, out bool value)
    {
        value = text is "1" || text.Equals("true", StringComparison.OrdinalIgnoreCase);
        return value || text is "0" || text.Equals("false", StringComparison.OrdinalIgnoreCase);
    }

    private static bool TryParseText(string text, [NotNullWhen(true)] out string? value)
    {
        value = text;
        return text.Length > 0;
    }

    private static bool TryParseAssignment(string text, [NotNullWhen(true)] out string? value)
    {
        value = text;
        return text.Length > 0 && text[0] != '=' && (text.Contains('=') || Environment.GetEnvironmentVariable(text) is not null);
    }

    private static bool TryParseCoreLimit(string text, out double value)
    {
        var isSize = ByteSize.TryParse(text, out var size);
        value = size.Bytes;
        return Cores.TryParse(text, out var cores) ? (value = cores) > 0 : isSize && value > 0;
    }

    private static bool TryParsePositiveTime(string text, out TimeSpan value) => Duration.TryParse(text, out value) && value > TimeSpan.Zero;

    private static bool TryParseAccelerators(string text, [NotNullWhen(true)] out string? value)
    {
        value = AcceleratorRequest.TryParse(text, out _) ? text : null;
        return value is not null;
    }

    private static bool TryParseSignedSize(string text, out ByteSize value)
    {
        var isNegative = text.StartsWith('-');
        var isSize = ByteSize.TryParse(isNegative ? text[1..] : text, out value);
        value = isNegative ? -value.Bytes : value;
        return isSize;
    }
}
