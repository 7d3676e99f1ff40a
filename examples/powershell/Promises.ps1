<#
.SYNOPSIS
Values that jobs hand on before they are known.
.DESCRIPTION
A job given as an argument is the promise of its value. Get-ToilPromise promises a part: an element of a list, a key,
a property. Promises may stand anywhere inside an argument, and a job may return the promise of a job that it made.
.PARAMETER JobStore
Where the workflow's state is kept until it has succeeded.
.EXAMPLE
./Promises.ps1
#>

#Requires -Version 7.6
[CmdletBinding()]
param([string] $JobStore = './store')

if (-not (Get-Module Toil)) { Import-Module "$PSScriptRoot/../../Toil.psd1" }

$size = @{ Memory = 200MB; Disk = 20MB; Cores = 0.5 }

$count = New-ToilJob -Name count @size { [pscustomobject]@{ Words = 3, 5, 8; Longest = "yield" } }

$sum = New-ToilJob -Name sum @size -ArgumentList ($count | Get-ToilPromise -Path Words) {
    param($Words)
    ($Words | Measure-Object -Sum).Sum
}

New-ToilJob -Name report @size -ArgumentList @{ Sum = $sum; Longest = ($count | Get-ToilPromise -Path Longest) } {
    param($Facts)
    "$($Facts.Sum) words, the longest is $($Facts.Longest)"
} | Start-ToilWorkflow -JobStore $JobStore
