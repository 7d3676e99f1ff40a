<#
.SYNOPSIS
Runs one whole workflow and prints how long it took.
.DESCRIPTION
Hello          One job.
FanOut         That many jobs that do nothing, in parallel.
Chain          That many jobs: each adds the next as its child and returns the promise of its value.
BinaryStrings  The tree of that depth whose values are joined on the way up: 2^(depth+1)-1 jobs and 2^depth-1 more (190 at depth 6).
Files          That many jobs that each write a file of 10 MB, and as many that each read one.
.PARAMETER Shape
The workflow.
.PARAMETER Jobs
Its size.
.PARAMETER JobStore
A directory that doesn't exist yet.
.EXAMPLE
./Shapes.ps1 -Shape FanOut -Jobs 1000 -JobStore ./store
#>

#Requires -Version 7.6
[CmdletBinding()]
param(
    [Parameter(Mandatory, Position = 0)][ValidateSet('Hello', 'FanOut', 'Chain', 'BinaryStrings', 'Files')][string] $Shape,
    [Parameter(Position = 1)][ValidateRange(0, 10000000)][int] $Jobs = 1,
    [Parameter(Mandatory)][string] $JobStore
)

$ErrorActionPreference = 'Stop'
Import-Module "$PSScriptRoot/../Toil.psd1"
$size = @{ Memory = 200MB; Disk = 20MB }

function New-Link([int] $Left) {
    New-ToilJob -Name link -Memory 200MB -Disk 20MB -ArgumentList $Left {
        param($Left)
        $Left -le 1 ? 'end' : (New-Link ($Left - 1) | Add-ToilChild)
    }
}

function New-StringJob([int] $Depth, [string] $Prefix = '') {
    New-ToilJob -Name strings -Memory 200MB -Disk 20MB -ArgumentList $Depth, $Prefix {
        param($Depth, $Prefix)
        if ($Depth -eq 0) { return $Prefix }
        $halves = 0, 1 | ForEach-Object { New-StringJob ($Depth - 1) "$Prefix$_" | Add-ToilChild }
        New-ToilJob -Name join -Memory 200MB -Disk 20MB -ArgumentList $halves { param($Zeros, $Ones) $Zeros; $Ones } | Add-ToilFollowOn
    }
}

$write = {
    $content = [byte[]]::new(10MB)
    [Random]::Shared.NextBytes($content)
    [IO.File]::WriteAllBytes("$PWD/file", $content)
    Write-ToilFile file
}

$read = {
    param($File)
    [IO.File]::ReadAllBytes((Read-ToilFile $File)).Length
}

$watch = [Diagnostics.Stopwatch]::StartNew()
$workflow = switch ($Shape) {
    'Hello' { New-ToilJob -Name hello @size { 'Hello, world!' } }
    'FanOut' { 1..$Jobs | New-ToilJob -Name nothing @size { } }
    'Chain' { New-Link $Jobs }
    'BinaryStrings' { New-StringJob $Jobs }
    'Files' { 1..$Jobs | New-ToilJob -Name write @size $write | New-ToilJob -Name read @size $read }
}
$built = $watch.Elapsed
$watch.Restart()
$values = @($workflow | Start-ToilWorkflow -JobStore $JobStore -DisableProgress)
'{0:0.000} s for {1} {2} after {3:0.000} s to build; {4} values, the last one {5}' -f $watch.Elapsed.TotalSeconds, $Shape, $Jobs, $built.TotalSeconds, $values.Count, "$($values | Select-Object -Last 1)"
