#Requires -Version 7.6
# Jobs that make jobs: all binary strings of a length, put together by promises.
param(
    [ValidateRange(0, 12)][int] $Depth = 3,
    [string] $JobStore = './binary-strings-store'
)

Import-Module "$PSScriptRoot/../../Toil.psd1"

function New-BinaryStringJob([int] $Depth, [string] $Prefix = '') {
    New-ToilJob -Name "strings$Prefix" -Memory 100MB -Disk 1MB -ArgumentList $Depth, $Prefix {
        param($Depth, $Prefix)
        if ($Depth -eq 0) {
            return , @($Prefix)
        }

        # The values of the two halves aren't known yet: they are promises, and so is what joins them.
        $halves = 0, 1 | ForEach-Object { New-BinaryStringJob ($Depth - 1) "$Prefix$_" | Add-ToilChild }
        $halves | Join-ToilJob -Name join -Memory 100MB -Disk 1MB { param($Lists) , @($Lists | ForEach-Object { $_ }) } | Add-ToilFollowOn
    }
}

New-BinaryStringJob $Depth | Start-ToilWorkflow -JobStore $JobStore
