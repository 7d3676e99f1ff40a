#Requires -Version 7.6
# Global files: written by one job, read by others, deleted when nobody needs them.
param([string] $JobStore = './files-store')

Import-Module "$PSScriptRoot/../../Toil.psd1"

$numbers = New-ToilJob -Name numbers {
    Set-Content numbers.txt (1..100)
    Write-ToilFile numbers.txt
}

$sum = New-ToilJob -Name sum -ArgumentList $numbers {
    param($Numbers)
    $total = 0
    foreach ($line in Get-Content (Read-ToilFile $Numbers)) {
        $total += [int] $line
    }

    $report = New-ToilTempFile -Prefix report -Suffix .txt
    Set-Content $report "The sum is $total."
    Remove-ToilFile $Numbers
    [pscustomobject]@{ Total = $total; Report = Write-ToilFile $report -Name report.txt }
}

$show = New-ToilJob -Name show -ArgumentList (Get-ToilPromise $sum -Path Report) {
    param($Report)
    Get-Content (Read-ToilFile $Report)
}

$show | Start-ToilWorkflow -JobStore $JobStore
