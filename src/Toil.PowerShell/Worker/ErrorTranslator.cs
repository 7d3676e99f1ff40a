using System.Globalization;
using System.Management.Automation;

namespace Toil.Worker;

/// <summary>Turns what ended a job into an error that keeps what PowerShell knows about it.</summary>
internal static class ErrorTranslator
{
    public static ErrorInfo Describe(Exception exception)
    {
        var record = RecordOf(exception);
        var origin = OriginOf(exception);
        return origin switch
        {
            ExitCalledException => new ErrorInfo("ExitCalled", origin.Message, Position(record), nameof(ErrorCategory.InvalidOperation)),
            ToilException => new ErrorInfo(origin.GetType().FullName!, origin.Message, Position(record), nameof(ErrorCategory.InvalidData), origin is not JobGraphException),
            _ when record is null => ErrorInfo.From(origin),
            _ => new ErrorInfo(
                record.FullyQualifiedErrorId,
                record.ErrorDetails?.Message ?? record.Exception.Message,
                Position(record),
                record.CategoryInfo.Category.ToString(),
                Retryable: origin is not JobGraphException and not ParseException),
        };
    }

    /// <summary>What was thrown, below PowerShell's wrapping.</summary>
    public static Exception OriginOf(Exception exception) => RecordOf(exception) is { } record ? Innermost(record.Exception) : exception;

    private static ErrorRecord? RecordOf(Exception exception) => exception switch
    {
        ActionPreferenceStopException stop => stop.ErrorRecord,
        IContainsErrorRecord { ErrorRecord: { } record } => record,
        _ => null,
    };

    /// <summary>What a cmdlet of ours threw, below PowerShell's wrapping.</summary>
    private static Exception Innermost(Exception exception)
    {
        while (exception is CmdletInvocationException or MethodInvocationException && exception.InnerException is { } inner)
        {
            exception = inner;
        }

        return exception;
    }

    private static string Position(ErrorRecord? record)
    {
        var stack = record?.ScriptStackTrace is { } trace ? string.Join('\n', trace.ReplaceLineEndings("\n").Split('\n').SkipLast(JobCaller.Frames)) : "";
        if (record?.InvocationInfo is not { ScriptLineNumber: > 0 } invocation)
        {
            return stack;
        }

        var file = string.IsNullOrEmpty(invocation.ScriptName) ? "<scriptblock>" : invocation.ScriptName;
        var place = string.Create(CultureInfo.InvariantCulture, $"{file}:{invocation.ScriptLineNumber}:{invocation.OffsetInLine}");
        var line = invocation.Line?.Trim();
        return string.Join('\n', new[] { place, line, stack }.Where(part => !string.IsNullOrEmpty(part)));
    }
}
