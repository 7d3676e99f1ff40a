#Requires -Version 7.6
<#
.SYNOPSIS
Sorts the lines of a file by merge sort, each step a job.
.DESCRIPTION
A file longer than N bytes is split at a line's end into two, each half is sorted by jobs of its own, and a
follow-on merges them. Lines are ordered by their bytes, as LC_ALL=C sort does.
.EXAMPLE
./MergeSort.ps1 -NumLines 100000 -N 500000 -JobStore ./store
.EXAMPLE
./MergeSort.ps1 -FileToSort lines.txt -OutputFile sorted.txt -OverwriteOutput
#>
param(
    # Number of lines in the file that is made when there is none to sort.
    [ValidateRange(0, [long]::MaxValue)][long] $NumLines = 1000,
    # Length of the lines in that file.
    [ValidateRange(0, 10000)][int] $LineLength = 50,
    # The file to sort; left out, fileToSort.txt is used, and made if it isn't there.
    [string] $FileToSort,
    # Where the sorted lines go.
    [string] $OutputFile = 'sortedFile.txt',
    # Replace the output file if it is there.
    [switch] $OverwriteOutput,
    # Files of at most this many bytes are sorted by one job.
    [ValidateRange(1, [long]::MaxValue)][long] $N = 10000,
    # Memory of jobs that split and sort.
    $SortMemory = 1GB,
    # Memory of jobs that merge.
    $MergeMemory = 1GB,
    [string] $JobStore = './sort-store',
    # Go on with a sort that failed or was stopped.
    [switch] $Restart
)

Import-Module "$PSScriptRoot/../../Toil.psd1"

function New-LineFile([string] $Path, [long] $Lines, [int] $Length) {
    $letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'.ToCharArray()
    $writer = [IO.StreamWriter]::new($Path)
    try {
        for ($i = 0L; $i -lt $Lines; $i++) { $writer.Write([Random]::Shared.GetItems($letters, $Length)); $writer.Write("`n") }
    }
    finally { $writer.Dispose() }
}

# The start of the line behind the middle of a file; its end when there is none.
function Find-Middle([IO.FileStream] $Stream) {
    $Stream.Position = $Stream.Length -shr 1
    $buffer = [byte[]]::new(65536)
    while (($count = $Stream.Read($buffer, 0, $buffer.Length)) -gt 0) {
        $at = [Array]::IndexOf($buffer, [byte] 10, 0, $count)
        if ($at -ge 0) { return $Stream.Position - $count + $at + 1 }
    }

    $Stream.Length
}

function Copy-Part([IO.FileStream] $Stream, [long] $From, [long] $To, [string] $Path) {
    $part = [IO.File]::Create($Path)
    try {
        $buffer = [byte[]]::new(1MB)
        $Stream.Position = $From
        while ($From -lt $To) {
            $count = $Stream.Read($buffer, 0, [Math]::Min($buffer.Length, $To - $From))
            $part.Write($buffer, 0, $count)
            $From += $count
        }
    }
    finally { $part.Dispose() }
}

# Latin-1 maps every byte to one character and back, so ordinal order of its strings is the order of the bytes.
function Invoke-LineSort([string] $Path, [string] $Target) {
    $lines = [IO.File]::ReadAllLines($Path, [Text.Encoding]::Latin1)
    [Array]::Sort($lines, [StringComparer]::Ordinal)
    Write-Lines $Target $lines
}

function Write-Lines([string] $Path, [string[]] $Lines) {
    $writer = [IO.StreamWriter]::new($Path, $false, [Text.Encoding]::Latin1, 1MB)
    $writer.NewLine = "`n"
    try { foreach ($line in $Lines) { $writer.WriteLine($line) } } finally { $writer.Dispose() }
}

function Merge-Lines([string] $Left, [string] $Right, [string] $Target) {
    $a = [IO.StreamReader]::new($Left, [Text.Encoding]::Latin1, $false, 1MB)
    $b = [IO.StreamReader]::new($Right, [Text.Encoding]::Latin1, $false, 1MB)
    $out = [IO.StreamWriter]::new($Target, $false, [Text.Encoding]::Latin1, 1MB)
    $out.NewLine = "`n"
    try {
        $x = $a.ReadLine()
        $y = $b.ReadLine()
        while ($null -ne $x -and $null -ne $y) {
            if ([string]::CompareOrdinal($x, $y) -le 0) { $out.WriteLine($x); $x = $a.ReadLine() }
            else { $out.WriteLine($y); $y = $b.ReadLine() }
        }

        for (; $null -ne $x; $x = $a.ReadLine()) { $out.WriteLine($x) }
        for (; $null -ne $y; $y = $b.ReadLine()) { $out.WriteLine($y) }
    }
    finally { $a.Dispose(); $b.Dispose(); $out.Dispose() }
}

# The job that sorts a file: by itself when it is short, else by jobs that it makes.
function New-SortJob($File, [long] $N, [string] $Path, $SortMemory, $MergeMemory) {
    New-ToilJob -Name "down $Path" -Memory $SortMemory -ArgumentList $File, $N, $Path, $SortMemory, $MergeMemory {
        param($File, $N, $Path, $SortMemory, $MergeMemory)
        $local = Read-ToilFile $File
        $stream = [IO.File]::OpenRead($local)
        try {
            $middle = if ($stream.Length -gt $N) { Find-Middle $stream } else { $stream.Length }
            if ($middle -ge $stream.Length) {
                $sorted = New-ToilTempFile sorted .txt
                Invoke-LineSort $local $sorted
                return Write-ToilFile $sorted
            }

            # The file that was read stands in the same directory, under a name that its writer chose.
            $left, $right = 'left', 'right' | ForEach-Object { New-ToilTempFile $_ .txt }
            Copy-Part $stream 0 $middle $left
            Copy-Part $stream $middle $stream.Length $right
        }
        finally { $stream.Dispose() }

        $halves = @(
            New-SortJob (Write-ToilFile $left) $N "$Path/0" $SortMemory $MergeMemory | Add-ToilChild
            New-SortJob (Write-ToilFile $right) $N "$Path/1" $SortMemory $MergeMemory | Add-ToilChild
        )
        New-ToilJob -Name "up $Path" -Memory $MergeMemory -ArgumentList $halves {
            param($Left, $Right)
            $merged = New-ToilTempFile merged .txt
            Merge-Lines (Read-ToilFile $Left) (Read-ToilFile $Right) $merged
            Remove-ToilFile $Left, $Right
            Write-ToilFile $merged
        } | Add-ToilFollowOn
    }
}

$target = $ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($OutputFile)
if (-not $OverwriteOutput -and -not $Restart -and (Test-Path -LiteralPath $target)) {
    throw "The output file $target exists already. Delete it, or say -OverwriteOutput."
}

if ($Restart) {
    Resume-ToilWorkflow -JobStore $JobStore | Export-ToilFile -Destination $target
    return
}

if (-not $FileToSort) {
    $FileToSort = 'fileToSort.txt'
    if (-not (Test-Path -LiteralPath $FileToSort)) {
        New-LineFile $ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($FileToSort) $NumLines $LineLength
    }
}

$file = Import-ToilFile -LiteralPath $FileToSort -ErrorAction Stop
New-SortJob $file $N root $SortMemory $MergeMemory |
    Start-ToilWorkflow -JobStore $JobStore |
    Export-ToilFile -Destination $target
