# Looking at workflows: what jobs used, why they wait, what follows what, and running one of them here.
BeforeAll {
    if (-not (Get-Module Toil)) { Import-Module "$PSScriptRoot/../../Toil.psd1" }
    $options = @{ DefaultMemory = 300MB; RetryCount = 0; DisableProgress = $true; LogLevel = 'Critical'; Clean = 'Never' }
    $script = Join-Path $TestDrive flow.ps1
    Set-Content $script @'
function Get-Twice($Number) { $Number * 2 }
$extra = 5
$good = 1..3 | New-ToilJob -Name good -Memory 350MB { param($N) Set-Content out.txt "file $N"; Write-ToilFile out.txt }
$bad = $good | Join-ToilJob -Name bad {
    param($Files)
    $text = Get-Content (Read-ToilFile $Files[1])
    "$text $(Get-Twice $Files.Count) $($using:extra) $($ToilJob.Name)"
    if (-not $env:TOIL_TEST_MENDED) { throw 'no luck' }
}
$bad | Join-ToilJob -Name after { param($X) $X }
'@
    $store = Join-Path $TestDrive store
    $jobs = & $script
    try { $null = $jobs | Start-ToilWorkflow $store @options -ErrorAction Stop } catch { $failure = $_ }
}

Describe 'Measure-ToilWorkflow' {
    It 'measures the jobs of each name' {
        $failure | Should -Not -BeNullOrEmpty
        $measured = Measure-ToilWorkflow $store
        $measured.Name | Sort-Object | Should -Be 'bad', 'good'
        $good = $measured | Where-Object Name -EQ good
        $good.Count, $good.FailedAttempts | Should -Be 3, 0
        $good.Memory.Max.Bytes | Should -BeGreaterThan 1MB
        $good.AskedMemory.Bytes | Should -Be 350MB
        $good.Disk.Min.Bytes | Should -BeGreaterThan 5
        ($measured | Where-Object Name -EQ bad).FailedAttempts | Should -Be 1
    }
    It 'measures all jobs together' { (Measure-ToilWorkflow $store -All).Count | Should -Be 3 }
    It 'takes names with wildcards' { (Measure-ToilWorkflow $store g*).Name | Should -Be 'good' }
    It 'is a row with units' { Measure-ToilWorkflow $store good | Out-String | Should -Match 'good +3 +0 .* s +.*Mi +350 Mi' }
}

Describe 'Get-ToilJob -Explain' {
    It 'says what a job waits for' {
        $explained = Get-ToilJob $store -Explain
        ($explained | Where-Object Name -EQ after).Reason | Should -Match "^waits for 'bad' \(job \d+\), which failed$"
        ($explained | Where-Object Name -EQ bad).Reason | Should -Be 'failed: no luck'
        -join ($explained | Where-Object Name -EQ good).Reason | Should -BeNullOrEmpty
    }
    It 'shows it in the table' { Get-ToilJob $store after -Explain | Out-String -Width 200 | Should -Match 'waits for' }
}

Describe 'Show-ToilGraph' {
    It 'draws a store with where jobs stand' { Show-ToilGraph $store -Fold | Should -Be "good × 3 (3 done)`n└> bad (failed)`n   └> after (waiting)" }
    It 'draws jobs that have not been started, and leaves them as they are' {
        $fresh = & $script
        $fresh | Show-ToilGraph -Fold | Should -Be "good × 3`n└> bad`n   └> after"
        $fresh.Predecessors | Should -BeNullOrEmpty
    }
    It 'speaks Mermaid and DOT' {
        Show-ToilGraph $store -Format Mermaid | Should -Match '^flowchart TD'
        Show-ToilGraph $store -Format Dot | Should -Match '^digraph'
    }
    It 'says which store is absent' { { Show-ToilGraph (Join-Path $TestDrive absent) -ErrorAction Stop } | Should -Throw -ErrorId 'GraphUnavailable,*' }
}

Describe 'Start-ToilWorkflow -WhatIf' {
    It 'says what would be done, in order, and makes nothing' {
        $here = Join-Path $TestDrive planned
        $file = New-Item (Join-Path $TestDrive reads.fq)
        Start-Transcript (Join-Path $TestDrive plan.txt) | Out-Null
        (& $script), (Import-ToilFile $file | New-ToilJob -Name reader -Cores 2 { param($F) }) | Start-ToilWorkflow $here -WhatIf
        Stop-Transcript | Out-Null
        $lines = @(Get-Content (Join-Path $TestDrive plan.txt) | Where-Object { $_ -match '^What if' })
        $lines[1] | Should -Match '"Import".*reads\.fq'
        $lines -match 'level 1: 3 jobs ''good'' \(1 core, 350 Mi memory' | Should -HaveCount 1
        $lines -match 'level 1: job ''reader'' \(2 cores' | Should -HaveCount 1
        $lines -match 'level 3: job ''after'' after ''bad''' | Should -HaveCount 1
        $here | Should -Not -Exist
    }
}

Describe 'Debug-ToilJob' {
    AfterEach { Remove-Item env:TOIL_TEST_MENDED -ErrorAction Ignore }

    It 'runs the failed job here, with its inputs' {
        $env:TOIL_TEST_MENDED = 1
        $before = Get-ChildItem $store -Recurse -File | Select-Object FullName, Length, LastWriteTimeUtc | Out-String
        $place = Get-Location
        Debug-ToilJob $store -Path (Join-Path $TestDrive "$(New-Guid)") | Should -Be 'file 2 6 5 bad'
        Get-ChildItem $store -Recurse -File | Select-Object FullName, Length, LastWriteTimeUtc | Out-String | Should -Be $before
        "$(Get-Location)" | Should -Be "$place"
        Get-Command Get-Twice -ErrorAction Ignore | Should -BeNullOrEmpty
    }
    It 'fails as the job does' { { Debug-ToilJob $store -Path (Join-Path $TestDrive "$(New-Guid)") } | Should -Throw 'no luck' }
    It 'stops at breakpoints of the script that made the job' {
        $env:TOIL_TEST_MENDED = 1
        $global:stoppedWith = $null
        $breakpoint = Set-PSBreakpoint -Script $script -Line 7 -Action { $global:stoppedWith = $text }
        try { $null = Debug-ToilJob $store -Path (Join-Path $TestDrive "$(New-Guid)") bad } finally { $breakpoint | Remove-PSBreakpoint }
        $global:stoppedWith | Should -Be 'file 2'
        Remove-Variable stoppedWith -Scope Global
    }
    It 'says that inputs of finished jobs are gone' { { Debug-ToilJob $store -Path (Join-Path $TestDrive "$(New-Guid)") good } | Should -Throw -ErrorId 'JobUnavailable,*' }
}
