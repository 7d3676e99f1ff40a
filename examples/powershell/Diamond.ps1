<#
.SYNOPSIS
Four jobs: one first, two in parallel after it, one after both.
.DESCRIPTION
Children run in parallel when their parent's run is committed. A follow-on runs when all children of its parent,
and whatever those lead to, are complete. Each job logs a message; their values come out in the order in which
the jobs are given to Start-ToilWorkflow, whichever of them ended first.
.PARAMETER JobStore
Where the workflow's state is kept until it has succeeded.
.EXAMPLE
./Diamond.ps1
.EXAMPLE
./Diamond.ps1 -Verbose -JobStore ./diamond
#>

#Requires -Version 7.6
[CmdletBinding()]
param([string] $JobStore = './store')

if (-not (Get-Module Toil)) { Import-Module "$PSScriptRoot/../../Toil.psd1" }

$say = {
    param($Message)
    Write-ToilLog "Hello, world! I come $Message."
    $Message
}

$size = @{ Memory = 200MB; Disk = 20MB }
$first = New-ToilJob -Name first @size -ArgumentList 'first' $say
$left = New-ToilJob -Name left @size -ArgumentList 'second or third' $say
$right = New-ToilJob -Name right @size -ArgumentList 'second or third' $say
$last = New-ToilJob -Name last @size -ArgumentList 'last' $say

$null = $left, $right | Add-ToilChild $first
$null = $last | Add-ToilFollowOn $first

$first, $left, $right, $last | Start-ToilWorkflow -JobStore $JobStore
