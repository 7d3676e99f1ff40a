<#
.SYNOPSIS
Cleaning up after a job, however it ends.
.DESCRIPTION
A deferred action runs on the job's node once the attempt has ended: when it succeeded, when it failed, when it was killed,
and before the job is tried again there. It is for what lies outside the job's own directory.
.PARAMETER JobStore
Where the workflow's state is kept until it has succeeded.
.EXAMPLE
./Deferred.ps1
#>

#Requires -Version 7.6
[CmdletBinding()]
param([string] $JobStore = './store')

if (-not (Get-Module Toil)) { Import-Module "$PSScriptRoot/../../Toil.psd1" }

$size = @{ Memory = 200MB; Disk = 20MB; Cores = 0.5 }

$lock = Join-Path ([IO.Path]::GetTempPath()) "toil-example-$PID.lock"

New-ToilJob -Name tool @size -ArgumentList $lock {
    param($Lock)
    if (Test-Path $Lock) { throw "somebody holds $Lock" }
    Register-ToilDeferredAction { param($Path) Remove-Item $Path } $Lock
    Set-Content $Lock $PID

    # The first try dies without a chance to clean up.
    if ($ToilJob.TryNumber -eq 1) { kill -9 $PID }
    "done in try $($ToilJob.TryNumber)"
} | Start-ToilWorkflow -JobStore $JobStore -RetryCount 1 -WarningAction SilentlyContinue

"lock left: $(Test-Path $lock)"
