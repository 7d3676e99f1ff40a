# Invoke-ToilContainer with docker itself, of the tests' own: see container-host.sh.
BeforeDiscovery {
    $missing = @('dockerd', 'docker', 'runc', 'ip', 'unshare', '/usr/bin/python3').Where({ -not (Get-Command $_ -CommandType Application -ErrorAction Ignore) })
    $problem = if ((id -u) -ne 0) { 'this is not root' } elseif ($missing) { "there is no $missing" }
}

Describe 'Invoke-ToilContainer with docker' {
    BeforeAll {
        if (-not (Get-Module Toil)) { Import-Module "$PSScriptRoot/../../Toil.psd1" }
        $runs = @{ DefaultMemory = 100MB; DefaultDisk = 10MB; DefaultCores = 0.5; InformationAction = 'SilentlyContinue'; WarningAction = 'SilentlyContinue'; DisableProgress = $true }
        $folder = Join-Path ([IO.Path]::GetTempPath()) "toil-pester-docker-$PID"
        $start = [System.Diagnostics.ProcessStartInfo]::new('bash', [string[]] ("$PSScriptRoot/../Integration/Containers/container-host.sh", 'docker', $folder, 'tools:1'))
        $start.RedirectStandardInput = $start.RedirectStandardOutput = $start.RedirectStandardError = $true
        $docker = [System.Diagnostics.Process]::Start($start)
        $errors = $docker.StandardError.ReadToEndAsync()
        $cannot = if ($docker.StandardOutput.ReadLine() -ne 'ready') { $errors.Result }
        $before = $env:DOCKER_HOST
        $env:DOCKER_HOST = "unix://$folder/docker.sock"
    }
    AfterAll {
        $env:DOCKER_HOST = $before
        $docker.StandardInput.Close()
        $docker.WaitForExit()
    }
    BeforeEach {
        if ($cannot) { Set-ItResult -Skipped -Because "docker can't be started here: $cannot" }
        $store = Join-Path $TestDrive ([guid]::NewGuid())
    }

    It 'passes on what the container writes, line by line, and sees the job''s directory' -Skip:([bool] $problem) {
        New-ToilJob {
            Set-Content "$($ToilJob.TempDirectory)/given" 'from the job'
            Invoke-ToilContainer -Engine docker tools:1 sh '-c' 'cat given; echo second; echo made > made'
            Get-Content "$($ToilJob.TempDirectory)/made"
        } | Start-ToilWorkflow $store @runs | Should -Be @('from the job', 'second', 'made')
        docker ps --all --quiet | Should -BeNullOrEmpty
    }
    It 'fails with the exit code and the end of the error output' -Skip:([bool] $problem) {
        $failure = { New-ToilJob { Invoke-ToilContainer -Engine docker tools:1 sh '-c' 'echo what went wrong >&2; exit 3' } | Start-ToilWorkflow $store -RetryCount 0 @runs } | Should -Throw -PassThru
        $failure.Exception.Message | Should -BeLike '*tools:1 ended with exit code 3*what went wrong*'
    }
    It 'gets twice the memory for the retry when it ran out of memory' -Skip:([bool] $problem) {
        New-ToilJob -Memory 80MB {
            Invoke-ToilContainer -Engine docker tools:1 python3 '-c' 'bytearray(100 << 20)'
            "$($ToilJob.Requirements.Memory)"
        } | Start-ToilWorkflow $store -RetryCount 1 -DoubleMem -DefaultMemory 80MB @runs | Should -Be '160 Mi'
    }
    It 'removes the container when the job''s process is killed' -Skip:([bool] $problem) {
        New-ToilJob {
            if ($ToilJob.TryNumber -gt 1) { return 'second try', @(docker ps --all --quiet).Count }
            Invoke-ToilContainer -Engine docker tools:1 sh '-c' 'echo begun; exec sleep 600' | ForEach-Object { kill -9 $PID }
        } | Start-ToilWorkflow $store -RetryCount 1 @runs | Should -Be @('second try', 0)
    }
}
