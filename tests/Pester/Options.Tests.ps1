BeforeAll {
    if (-not (Get-Module Toil)) { Import-Module "$PSScriptRoot/../../Toil.psd1" }
    $runs = @{ DefaultMemory = 200MB; DefaultDisk = 10MB; DisableProgress = $true; InformationAction = 'SilentlyContinue'; WarningAction = 'SilentlyContinue' }
}

Describe 'The options of Start-ToilWorkflow' {
    BeforeEach {
        $place = Join-Path $TestDrive ([guid]::NewGuid())
        $null = New-Item -ItemType Directory $place
        $store = Join-Path $place store
        $logs = Join-Path $place logs
    }

    It 'have help' {
        foreach ($name in 'RetryCount', 'LogDebug', 'DisableCaching', 'StatusWait') {
            (Get-Command Start-ToilWorkflow).Parameters[$name].Attributes.HelpMessage | Should -Match '\.$'
        }
        (Get-Command Start-ToilWorkflow).Parameters.RotatingLogging.Attributes.HelpMessage | Should -Match '-LogFile'
    }
    It 'take other spellings' { New-ToilJob { 1 } | Start-ToilWorkflow $store -DefaultPreemptable -DisableHotDeployment -LogOff @runs | Should -Be 1 }
    It 'take times as <Value>' -ForEach @{ Value = 90 }, @{ Value = '1.5m' }, @{ Value = [timespan]::FromSeconds(90) }, @{ Value = 90.5 } {
        New-ToilJob { 1 } | Start-ToilWorkflow $store -StatusWait $Value @runs | Should -Be 1
    }
    It 'refuse what is no time' { { New-ToilJob { 1 } | Start-ToilWorkflow $store -StatusWait '5 parsecs' @runs } | Should -Throw '*is not a time*' }
    It 'refuse a time of nothing' { { New-ToilJob { 1 } | Start-ToilWorkflow $store -StatusWait 0 @runs } | Should -Throw "-StatusWait: '0' is not valid*" }
    It 'refuse a switch with its opposite' {
        { New-ToilJob { 1 } | Start-ToilWorkflow $store -Caching -DisableCaching @runs } | Should -Throw '*-Caching*contradict*' -ErrorId 'InvalidOption,Toil.Cmdlets.StartToilWorkflowCommand'
        $store | Should -Not -Exist
    }
    It 'refuse options that contradict each other' {
        { New-ToilJob { 1 } | Start-ToilWorkflow $store -WriteLogsFromAllJobs @runs } | Should -Throw '*--writeLogsFromAllJobs*--writeLogs*'
        $store | Should -Not -Exist
    }
    It 'are read from a file, relative to the shell''s location' {
        Set-Content $place/toil.yaml "clean: never`nmaxJobDuration: 1h # a comment"
        Push-Location $place
        try { New-ToilJob { 1 } | Start-ToilWorkflow ./store -Config toil.yaml @runs | Should -Be 1 } finally { Pop-Location }
        $store | Should -Exist
    }
    It 'win over those in a file' {
        Set-Content $place/toil.yaml 'clean: never'
        New-ToilJob { 1 } | Start-ToilWorkflow $store -Config $place/toil.yaml -Clean Always @runs | Should -Be 1
        $store | Should -Not -Exist
    }
    It 'are refused with their place in a file' {
        Set-Content $place/toil.yaml "clean: never`nretryCuont: 3"
        { New-ToilJob { 1 } | Start-ToilWorkflow $store -Config $place/toil.yaml @runs } | Should -Throw "*toil.yaml:2:1: there is no option 'retryCuont'. Did you mean 'retryCount'?"
    }
    It 'refuse a log directory that can''t be written, before the run' {
        Set-Content $place/file ''
        { New-ToilJob { 1 } | Start-ToilWorkflow $store -WriteLogs $place/file/logs @runs } | Should -Throw '--writeLogs: the directory*'
        { New-ToilJob { 1 } | Start-ToilWorkflow $store -LogFile $place/no/log @runs } | Should -Throw '--logFile: *'
        $store | Should -Not -Exist
    }
}

Describe 'Logs' {
    BeforeEach {
        $store = Join-Path $TestDrive ([guid]::NewGuid())
        $logs = Join-Path $TestDrive ([guid]::NewGuid())
    }

    It 'of failed tries are written, one file each' {
        $job = New-ToilJob -Name fragile { Write-Warning 'careful'; [Console]::Out.WriteLine('raw'); throw 'broken' }
        { $job | Start-ToilWorkflow $store -WriteLogs $logs -RetryCount 1 @runs } | Should -Throw
        (Get-ChildItem $logs).Name | Should -Be @('fragile_1_1.log', 'fragile_1_2.log')
        $text = Get-Content $logs/fragile_1_1.log
        $text | Should -Contain 'WARNING: careful'
        $text | Should -Contain 'raw'
        $text | Should -Contain 'The attempt failed: broken'
    }
    It 'of jobs that succeed are written where asked' {
        New-ToilJob -Name calm { Write-Warning 'careful'; 1 } | Start-ToilWorkflow $store -WriteLogsGzip $logs -WriteLogsFromAllJobs @runs | Should -Be 1
        $stream = [IO.StreamReader]::new([IO.Compression.GZipStream]::new([IO.File]::OpenRead("$logs/calm_1_1.log.gz"), [IO.Compression.CompressionMode]::Decompress))
        try { $stream.ReadToEnd() | Should -Be "WARNING: careful`n" } finally { $stream.Dispose() }
    }
    It 'of jobs that succeed aren''t written otherwise' {
        New-ToilJob -Name calm { Write-Warning 'careful'; 1 } | Start-ToilWorkflow $store -WriteLogs $logs @runs | Should -Be 1
        Get-ChildItem $logs | Should -BeNullOrEmpty
    }
    It 'in real time appear where asked' {
        $job = New-ToilJob -Name talker { Write-ToilLog -RealTime 'as it happens'; 1 }
        $job | Start-ToilWorkflow $store -LogFile "$store.log" -RealTimeLogging @runs | Should -Be 1
        Get-Content "$store.log" -Raw | Should -Match 'talker: as it happens'
        New-ToilJob -Name talker { Write-ToilLog -RealTime 'as it happens'; Write-ToilLog 'always'; 1 } | Start-ToilWorkflow "$store-2" -LogFile "$store-2.log" @runs | Should -Be 1
        Get-Content "$store-2.log" -Raw | Should -Not -Match 'as it happens'
        Get-Content "$store-2.log" -Raw | Should -Match 'talker: always'
    }
    It 'are thrown away where asked' {
        { New-ToilJob -Name quiet { Write-Warning 'careful'; throw 'broken' } | Start-ToilWorkflow $store -NoStdOutErr -RetryCount 0 @runs } | Should -Throw
        (Get-ToilLog $store).Text | Should -BeNullOrEmpty
    }
}
