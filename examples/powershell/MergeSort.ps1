<#
.SYNOPSIS
Sorts the lines of a file by merge sort, each step a job.
.DESCRIPTION
A file of more than N bytes is split at the end of a line into two. Each half is sorted by a child that does the
same, and a follow-on merges what they return. Every job deletes the file that it was given, so that the job store
holds little more than one copy of the data.

Lines are ordered by their bytes, as LC_ALL=C sort does. They may end in a line feed, with or without a carriage
return before it; in the output they end in a line feed.
.PARAMETER JobStore
Where the workflow's state and files are kept until it has succeeded.
.PARAMETER NumLines
The number of lines in the file that is made when there is none to sort.
.PARAMETER LineLength
The length of the lines in that file.
.PARAMETER FileToSort
The file to sort. When left out, fileToSort.txt is; it is made if it isn't there.
.PARAMETER OutputFile
Where the sorted lines go.
.PARAMETER OverwriteOutput
Replace the output file if there is one.
.PARAMETER N
A part of at most this many bytes is sorted by one job.
.PARAMETER SortMemory
The memory of jobs that split and sort.
.PARAMETER MergeMemory
The memory of jobs that merge.
.PARAMETER Restart
Go on with a sort that failed or was stopped. What has been sorted isn't sorted again.
.EXAMPLE
./MergeSort.ps1 -NumLines 100000 -N 1MB

Makes a file of 100,000 lines, fileToSort.txt, and sorts it into sortedFile.txt.
.EXAMPLE
./MergeSort.ps1 -FileToSort words.txt -OutputFile sorted.txt -OverwriteOutput -JobStore ./words
.EXAMPLE
./MergeSort.ps1 -Restart -JobStore ./words -OutputFile sorted.txt -OverwriteOutput

Goes on where the sort before ended, for instance after the machine lost its power.
.EXAMPLE
toil run MergeSort.ps1 --jobStore ./store -- --numLines 100000 --N 1000000
#>

#Requires -Version 7.6
[CmdletBinding()]
param(
    [string] $JobStore = './store',
    [ValidateRange(0, 100000000)][int] $NumLines = 1000,
    [ValidateRange(0, 10000)][int] $LineLength = 50,
    [string] $FileToSort,
    [string] $OutputFile = './sortedFile.txt',
    [switch] $OverwriteOutput,
    [ValidateRange(1, [long]::MaxValue)][long] $N = 10000,
    $SortMemory = 250MB,
    $MergeMemory = 250MB,
    [switch] $Restart
)

$ErrorActionPreference = 'Stop'
if (-not (Get-Module Toil)) { Import-Module "$PSScriptRoot/../../Toil.psd1" }

# The functions that the jobs call, directly or not, travel with them.

# The job that sorts a file: by itself when it is small, else by jobs that it adds.
function New-SortJob($File, [long] $N, [string] $Path, $SortMemory, $MergeMemory) {
    New-ToilJob -Name "down $Path" -Memory $SortMemory -ArgumentList $File, $N, $Path, $SortMemory, $MergeMemory {
        param($File, $N, $Path, $SortMemory, $MergeMemory)
        $halves = @(if ($File.Size -gt $N) { Split-LineFile $File })
        $sorted = if (-not $halves) { Invoke-LineSort $File }
        # Carried out when this run is committed: if it fails, the next one still finds the file.
        Remove-ToilFile $File
        if ($sorted) { return $sorted }

        $left = New-SortJob $halves[0] $N "$Path/0" $SortMemory $MergeMemory | Add-ToilChild
        $right = New-SortJob $halves[1] $N "$Path/1" $SortMemory $MergeMemory | Add-ToilChild
        New-ToilJob -Name "up $Path" -Memory $MergeMemory -ArgumentList $left, $right {
            param($Left, $Right)
            Merge-LineFile $Left $Right
            Remove-ToilFile $Left, $Right
        } | Add-ToilFollowOn
    }
}

# Two files: what comes before the end of the line in the middle, and the rest. Nothing when there is no rest.
function Split-LineFile($File) {
    $source = Read-ToilFile $File -AsStream
    try {
        $middle = Find-LineEnd $source ($File.Size -shr 1)
        if ($middle -lt $File.Size) {
            $source.Position = 0
            Write-Part $source $middle left.txt
            Write-Part $source ($File.Size - $middle) right.txt
        }
    }
    finally { $source.Dispose() }
}

function Find-LineEnd([IO.Stream] $Source, [long] $From) {
    $Source.Position = $From
    $buffer = [byte[]]::new(64KB)
    while (($count = $Source.Read($buffer, 0, $buffer.Length)) -gt 0) {
        $at = [Array]::IndexOf($buffer, [byte] 10, 0, $count)
        if ($at -ge 0) { return $Source.Position - $count + $at + 1 }
    }

    $Source.Length
}

function Write-Part([IO.Stream] $Source, [long] $Length, [string] $Name) {
    $part = Write-ToilFile -AsStream -Name $Name
    try {
        $buffer = [byte[]]::new(1MB)
        for ($left = $Length; $left -gt 0; $left -= $count) {
            $count = $Source.Read($buffer, 0, [Math]::Min($buffer.Length, $left))
            $part.Write($buffer, 0, $count)
        }
    }
    finally { $part.Dispose() }
    $part.FileId
}

# In Latin-1 every byte is one character, so the ordinal order of its strings is the order of the bytes.
function Invoke-LineSort($File) {
    $lines = [IO.File]::ReadAllLines((Read-ToilFile $File), [Text.Encoding]::Latin1)
    [Array]::Sort($lines, [StringComparer]::Ordinal)
    $sorted = New-ToilTempFile
    [IO.File]::WriteAllLines($sorted, $lines, [Text.Encoding]::Latin1)
    Write-ToilFile $sorted -Name sorted.txt
}

function Merge-LineFile($Left, $Right) {
    $a = [IO.StreamReader]::new((Read-ToilFile $Left -AsStream), [Text.Encoding]::Latin1, $false, 1MB)
    $b = [IO.StreamReader]::new((Read-ToilFile $Right -AsStream), [Text.Encoding]::Latin1, $false, 1MB)
    $file = Write-ToilFile -AsStream -Name merged.txt
    $merged = [IO.StreamWriter]::new($file, [Text.Encoding]::Latin1, 1MB)
    try {
        $x = $a.ReadLine()
        $y = $b.ReadLine()
        while ($null -ne $x -and $null -ne $y) {
            if ([string]::CompareOrdinal($x, $y) -le 0) { $merged.WriteLine($x); $x = $a.ReadLine() }
            else { $merged.WriteLine($y); $y = $b.ReadLine() }
        }

        for (; $null -ne $x; $x = $a.ReadLine()) { $merged.WriteLine($x) }
        for (; $null -ne $y; $y = $b.ReadLine()) { $merged.WriteLine($y) }
    }
    finally {
        $merged.Dispose()
        $b.Dispose()
        $a.Dispose()
    }

    $file.FileId
}

function New-LineFile([string] $Path, [int] $Lines, [int] $Length) {
    $letters = [char[]] 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'
    $writer = [IO.StreamWriter]::new($Path)
    try {
        for ($i = 0; $i -lt $Lines; $i++) { $writer.WriteLine([Random]::Shared.GetItems($letters, $Length)) }
    }
    finally { $writer.Dispose() }
}

if ($Restart) {
    Resume-ToilWorkflow -JobStore $JobStore | Export-ToilFile -Destination $OutputFile
    return
}

if (-not $OverwriteOutput -and (Test-Path -LiteralPath $OutputFile)) {
    throw "The output file $OutputFile exists already. Delete it, or say -OverwriteOutput."
}

if (-not $FileToSort) {
    $FileToSort = Join-Path $PWD fileToSort.txt
    if (-not (Test-Path -LiteralPath $FileToSort)) { New-LineFile $FileToSort $NumLines $LineLength }
}

New-SortJob (Import-ToilFile -LiteralPath $FileToSort) $N root $SortMemory $MergeMemory |
    Start-ToilWorkflow -JobStore $JobStore |
    Export-ToilFile -Destination $OutputFile
