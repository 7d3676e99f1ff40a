#Requires -Version 7.6
# Two jobs after the first, in parallel, and one after both.
param([string] $JobStore = './diamond-store')

Import-Module "$PSScriptRoot/../../Toil.psd1"

$say = {
    param($Message)
    Write-ToilLog "Hello, world! I come $Message"
    $Message
}

$first = New-ToilJob -Name first -ArgumentList 'first' $say
$left = New-ToilJob -Name left -ArgumentList 'second or third' $say
$right = New-ToilJob -Name right -ArgumentList 'second or third' $say
$last = New-ToilJob -Name last -ArgumentList 'last' $say

$null = $left, $right | Add-ToilChild -Parent $first
$null = $last | Add-ToilFollowOn -Parent $first

$first, $left, $right, $last | Start-ToilWorkflow -JobStore $JobStore
