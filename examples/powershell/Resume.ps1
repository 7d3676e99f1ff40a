<#
.SYNOPSIS
A workflow that fails, and goes on where it stopped.
.DESCRIPTION
What has finished is kept when a job fails. Mend the cause, then resume: finished jobs don't run again. Resume-ToilWorkflow
also takes the present text of the script's jobs; here the cause is a missing file.
.PARAMETER JobStore
Where the workflow's state is kept until it has succeeded.
.EXAMPLE
./Resume.ps1
#>

#Requires -Version 7.6
[CmdletBinding()]
param([string] $JobStore = './store')

if (-not (Get-Module Toil)) { Import-Module "$PSScriptRoot/../../Toil.psd1" }

$size = @{ Memory = 200MB; Disk = 20MB; Cores = 0.5 }

$log = [IO.Path]::GetTempFileName()
$needed = Join-Path ([IO.Path]::GetTempPath()) "toil-example-$PID.txt"

$first = New-ToilJob -Name first @size -ArgumentList $log { param($Log) Add-Content $Log "first ran"; 1 }
$second = New-ToilJob -Name second @size -ArgumentList $first, $needed { param($Value, $Path) "$(Get-Content $Path) $($Value + 1)" }

try { $second | Start-ToilWorkflow -JobStore $JobStore -RetryCount 0 -WarningAction SilentlyContinue }
catch { "failed: $((Get-ToilJob $JobStore -Failed).Name)" }

Set-Content $needed "resumed:"
Resume-ToilWorkflow -JobStore $JobStore
"first ran $(@(Get-Content $log).Count) time"
Remove-Item $log, $needed
