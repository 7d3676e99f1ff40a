<#
.SYNOPSIS
A job and everything after it as one, so that more can be put behind all of it.
.DESCRIPTION
A job may add further jobs while it runs, so nobody can name the last of them beforehand. Group-ToilJob wraps a job with
all that it leads to: what is added to the group starts when that is complete.
.PARAMETER JobStore
Where the workflow's state is kept until it has succeeded.
.EXAMPLE
./Groups.ps1
#>

#Requires -Version 7.6
[CmdletBinding()]
param([string] $JobStore = './store')

if (-not (Get-Module Toil)) { Import-Module "$PSScriptRoot/../../Toil.psd1" }

$size = @{ Memory = 200MB; Disk = 20MB; Cores = 0.5 }

$log = [IO.Path]::GetTempFileName()

$align = New-ToilJob -Name align @size -ArgumentList $log {
    param($Log)
    1..2 | New-ToilJob -Name part -Memory 200MB -Disk 20MB -Cores 0.5 -ArgumentList $Log { param($N, $Log) Add-Content $Log "part" } | Add-ToilChild | Out-Null
    "aligned"
} | Group-ToilJob

# Starts when all parts are done, although only the running job knows of them.
$merge = New-ToilJob -Name merge @size -ArgumentList $align, $log { param($State, $Log) "$State in $(@(Get-Content $Log).Count) parts" } | Add-ToilChild $align

$merge | Start-ToilWorkflow -JobStore $JobStore
Remove-Item $log
