using System.Globalization;

namespace Toil.BatchSystems.Grid.Lsf;

/// <summary>Whose commands answer to LSF's names.</summary>
internal enum LsfDialect
{
    /// <summary>LSF 9 and later: bjobs prints the fields that it is asked for.</summary>
    Lsf,

    /// <summary>Older ones, and OpenLava.</summary>
    Classic,

    /// <summary>Those that Slurm brings: no arrays, and names cut short.</summary>
    Slurm,
}

/// <summary>Tells the dialects apart.</summary>
internal static class LsfDialects
{
    private const int FirstWithFields = 9;

    /// <summary>
    /// From lsid's first line: <c>IBM Spectrum LSF Standard 10.1.0.0, May 10 2016</c>, <c>Platform LSF 8.0.1.0, …</c>, <c>openlava project 3.3, …</c>, <c>Slurm 22.05.8, …</c>.
    /// </summary>
    public static LsfDialect Of(string lsid)
    {
        foreach (var line in lsid.Split('\n', StringSplitOptions.TrimEntries))
        {
            if (line.StartsWith("Slurm ", StringComparison.OrdinalIgnoreCase))
            {
                return LsfDialect.Slurm;
            }

            if (line.Contains("openlava", StringComparison.OrdinalIgnoreCase))
            {
                return LsfDialect.Classic;
            }

            if (line.Contains("LSF ", StringComparison.Ordinal) && line.Split(' ').FirstOrDefault(word => char.IsAsciiDigit(word.FirstOrDefault())) is { } version
                && int.TryParse(version.Split('.')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var major))
            {
                return major < FirstWithFields ? LsfDialect.Classic : LsfDialect.Lsf;
            }
        }

        return LsfDialect.Lsf;
    }
}
