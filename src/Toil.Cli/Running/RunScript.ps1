# Runs one workflow script in a PowerShell of its own. What stands in angle brackets is filled in by `toil run`.
if ($PSVersionTable.PSVersion -lt [version]'<VERSION>') {
    [Console]::Error.WriteLine("toil: PowerShell <VERSION> or later is needed, but pwsh on PATH is $($PSVersionTable.PSVersion). Get it: https://aka.ms/install-powershell")
    exit 2
}
try {
    Import-Module <MODULE> -ErrorAction Stop
    # A script without attributes would take a misspelt parameter for an argument and run without it.
    $known = (Get-Command <SCRIPT> -ErrorAction Stop).Parameters
    $wrong = <NAMES> | Where-Object { $known.Count -and -not $known.ContainsKey($_) -and -not ($known.Values.Aliases -contains $_) }
    if ($wrong) {
        [Console]::Error.WriteLine("toil: $(<NAME>) has no parameter --$(@($wrong)[0]). It has: --$($known.Values.Where{ -not $_.Attributes.DontShow }.Name -join ', --')")
        exit 2
    }
    $LASTEXITCODE = 0
    & <SCRIPT> <ARGUMENTS>
    # A failed native command sets the exit code too; the script's own `exit` alone makes the call itself fail.
    exit ($? ? 0 : $LASTEXITCODE)
}
catch {
    $Host.UI.WriteErrorLine(($_ | Out-String).TrimEnd())
    if ($_.FullyQualifiedErrorId.EndsWith(',' + <NAME>)) { exit 2 }
    for ($e = $_.Exception; $e; $e = $e.InnerException) {
        $codes = $e.GetType().Assembly.GetType('Toil.ExitCodes')
        if ($codes) { exit $codes.GetMethod('Of').Invoke($null, @($e)) }
    }
    exit 1
}
