using System.Globalization;
using System.Text;
using Toil.Leader;

namespace Toil;

/// <summary>How people are told of a failed attempt.</summary>
internal static class FailureText
{
    public static string Describe(Command.ReportFailure report)
    {
        var error = report.Failure.Error;
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"Job '{report.JobName}' (attempt {report.Attempt}) failed{(report.WillRetry ? " and is tried again" : "")}: {error.Message}");
        if (error.Position.Length > 0)
        {
            text.Append('\n').Append(Indent(error.Position));
        }

        // A command's error quotes the command's own words already.
        var output = Encoding.UTF8.GetString(report.Failure.Log).TrimEnd();
        if (output.Length > 0 && !error.Message.EndsWith(output, StringComparison.Ordinal))
        {
            text.Append("\n---- its output ----\n").Append(Indent(output)).Append("\n----");
        }

        return text.ToString();
    }

    private static string Indent(string text) => "    " + text.TrimEnd().ReplaceLineEndings("\n    ");
}
