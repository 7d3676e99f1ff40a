# Runs one workflow script in a PowerShell of its own. What stands in angle brackets is filled in by `toil run`.
if ($PSVersionTable.PSVersion -lt [version]'<VERSION>') {
    [Console]::Error.WriteLine("toil: PowerShell <VERSION> or later is needed, but pwsh on PATH is $($PSVersionTable.PSVersion). Get it: https://aka.ms/install-powershell")
    exit 2
}
# The script sees these variables, hence their names.
$toilExit = $null
try {
    Import-Module <MODULE> -ErrorAction Stop
    # A script without attributes would take a misspelt parameter for an argument and run without it.
    $toilKnown = (Get-Command <SCRIPT> -ErrorAction Stop).Parameters
    $toilWrong = @(<NAMES> | Where-Object { $toilKnown.Count -and -not $toilKnown.ContainsKey($_) -and -not ($toilKnown.Values.Aliases -contains $_) })
    if ($toilWrong) {
        [Console]::Error.WriteLine("toil: $(<NAME>) has no parameter --$($toilWrong[0]). It has: --$($toilKnown.Values.Name -join ', --')")
        $toilExit = 2
    }
    else {
        $LASTEXITCODE = 0
        & <SCRIPT> <ARGUMENTS>
        # A failed native command sets the exit code too; the script's own `exit` alone makes the call itself fail.
        $toilExit = $? ? 0 : $LASTEXITCODE
    }
}
catch {
    # The engine's own messages are complete, and have lines that the shell's view of errors would fold.
    for ($e = $_.Exception; $e -and $null -eq $toilExit; $e = $e.InnerException) {
        $codes = $e.GetType().Assembly.GetType('Toil.ExitCodes')
        if ($codes) {
            [Console]::Error.WriteLine("$($e.Message)`n    at $($_.InvocationInfo.ScriptName):$($_.InvocationInfo.ScriptLineNumber)")
            $toilExit = $codes.GetMethod('Of').Invoke($null, @($e))
        }
    }
    if ($null -eq $toilExit) {
        $Host.UI.WriteErrorLine(($_ | Out-String).TrimEnd())
        $toilExit = $_.FullyQualifiedErrorId.EndsWith(',' + <NAME>) ? 2 : 1
    }
}
finally {
    # Ctrl+C ends a script without any error to catch.
    if ($null -eq $toilExit) { [Environment]::Exit(130) }
}
exit $toilExit
