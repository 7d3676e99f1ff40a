using System.Collections;
using Toil.Cwl.Loading;
using Toil.Cwl.Model;

namespace Toil.Cwl.Tools;

/// <summary>The environment variables of a tool. CWL 1.2, CommandLineTool, section 4.2.</summary>
internal static class ToolEnvironment
{
    /// <summary>For a tool on this machine: its own, the search path, and what the options preserve.</summary>
    public static Dictionary<string, string> OnHost(ToolJob job)
    {
        var variables = new Dictionary<string, string>();
        if (job.Options.PreserveEntireEnvironment)
        {
            foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
            {
                variables[(string)variable.Key] = (string?)variable.Value ?? "";
            }
        }
        else
        {
            Preserve(variables, job.Options.PreservedVariables.Append("PATH"));
        }

        AddOwn(job, variables);
        return variables;
    }

    /// <summary>What a container gets on top of what its image says.</summary>
    public static Dictionary<string, string> InContainer(ToolJob job)
    {
        var variables = new Dictionary<string, string>();
        Preserve(variables, job.Options.PreservedVariables);
        AddOwn(job, variables);
        return variables;
    }

    private static void Preserve(Dictionary<string, string> variables, IEnumerable<string> names)
    {
        foreach (var name in names)
        {
            if (Environment.GetEnvironmentVariable(name) is { } value)
            {
                variables[name] = value;
            }
        }
    }

    private static void AddOwn(ToolJob job, Dictionary<string, string> variables)
    {
        variables["HOME"] = job.Directories.Output;
        variables["TMPDIR"] = job.Directories.Temporary;
        foreach (var (name, value) in job.Requirements.Get<EnvVarRequirement>()?.Variables ?? [])
        {
            variables[CheckName(name, value)] = TextOf(job, name, value);
        }
    }

    private static string TextOf(ToolJob job, string name, CwlText text)
    {
        var value = job.EvaluateString(text, $"The value of the variable {name}");
        return !value.Contains('\0', StringComparison.Ordinal) ? value : throw new CwlException(text.Position, $"The value of the variable {name} can't hold a NUL.");
    }

    private static string CheckName(string name, CwlText value) => name.Length > 0 && !name.AsSpan().ContainsAny('=', '\0')
        ? name
        : throw new CwlException(value.Position, $"'{name}' can't be the name of an environment variable. Leave out '=' and NUL.");
}
