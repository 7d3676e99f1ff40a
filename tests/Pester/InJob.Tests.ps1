BeforeAll {
    if (-not (Get-Module Toil)) { Import-Module "$PSScriptRoot/../../Toil.psd1" }
    $runs = @{ DefaultMemory = 100MB; DefaultDisk = 10MB; DefaultCores = 0.5; InformationAction = 'SilentlyContinue'; WarningAction = 'SilentlyContinue'; DisableProgress = $true }
}

Describe 'Register-ToilDeferredAction' {
    BeforeEach {
        $store = Join-Path $TestDrive ([guid]::NewGuid())
        $log = Join-Path $TestDrive ([guid]::NewGuid())
    }

    It 'runs actions after the job, last registered first' {
        New-ToilJob {
            $path = $using:log
            Register-ToilDeferredAction { param($Path) Add-Content $Path first } $path
            Register-ToilDeferredAction { Add-Content $using:path second }
            Add-Content $path job
        } | Start-ToilWorkflow $store @runs
        Get-Content $log | Should -Be @('job', 'second', 'first')
    }
    It 'runs them before the next try of a job that was killed' {
        New-ToilJob {
            $path = $using:log
            Register-ToilDeferredAction { param($Path) Add-Content $Path deferred } $path
            Add-Content $path "try $($ToilJob.TryNumber)"
            if ($ToilJob.TryNumber -eq 1) { kill -9 $PID }
        } | Start-ToilWorkflow $store -RetryCount 1 @runs
        Get-Content $log | Should -Be @('try 1', 'deferred', 'try 2', 'deferred')
    }
    It 'works in jobs only' { { Register-ToilDeferredAction { } } | Should -Throw -ErrorId 'NotInJob,Toil.Cmdlets.RegisterToilDeferredActionCommand' }
}

Describe 'Invoke-ToilRetry' {
    It 'repeats what fails until it succeeds, and writes that attempt''s output alone' {
        $tries = 0
        Invoke-ToilRetry -Backoff 0.001 { Set-Variable tries ($tries + 1) -Scope 1; "try $tries"; if ($tries -lt 3) { throw 'not yet' } } | Should -Be 'try 3'
    }
    It 'gives up after its attempts, with the last error' {
        $count = [ref] 0
        { Invoke-ToilRetry -MaxAttempts 2 -Backoff 0.001 { $count.Value++; throw "error $($count.Value)" } } | Should -Throw 'error 2'
        $count.Value | Should -Be 2
    }
    It 'retries only what <Why>' -ForEach @(
        @{ Why = 'is of a type'; With = @{ On = [IO.IOException] }; Good = { throw [IO.FileNotFoundException]::new('x') }; Bad = { throw [ArgumentException]::new('x') } }
        @{ Why = 'has a message'; With = @{ MessageLike = '*timeout*' }; Good = { throw 'a Timeout happened' }; Bad = { throw 'no' } }
        @{ Why = 'has a status'; With = @{ StatusCode = 503 }; Good = { throw [Net.Http.HttpRequestException]::new('x', $null, 503) }; Bad = { throw [Net.Http.HttpRequestException]::new('x', $null, 404) } }
        @{ Why = 'a cmdlet failed with'; With = @{ MessageLike = '*no-such-file*' }; Good = { Get-Item /no-such-file }; Bad = { Get-Item /other } }
    ) {
        foreach ($case in @{ Script = $Good; Wanted = 3 }, @{ Script = $Bad; Wanted = 1 }) {
            $count = [ref] 0
            { Invoke-ToilRetry @With -MaxAttempts 3 -Backoff 0.001 { $count.Value++; . $case.Script } } | Should -Throw
            $count.Value | Should -Be $case.Wanted
        }
    }
}

Describe 'Invoke-ToilContainer' {
    BeforeAll {
        # An engine that writes down how it is called, and does what its last arguments say.
        $bin = Join-Path $TestDrive bin
        $null = New-Item -ItemType Directory $bin
        $calls = Join-Path $TestDrive calls
        foreach ($name in 'docker', 'apptainer') {
            Set-Content $bin/$name "#!/bin/sh`nprintf '%s\n' `"$name `$*`" >> $calls`ncase `"`$*`" in *'echo hello'*) echo hello; echo world;; *fails*) echo 'what went wrong' >&2; exit 3;; *waits*) sleep 60;; *gone*) echo 'No such container: x' >&2; exit 1;; esac"
            chmod +x $bin/$name
        }
        $path = $env:PATH
        $env:PATH = "${bin}:$path"
    }
    AfterAll { $env:PATH = $path }
    BeforeEach {
        $store = Join-Path $TestDrive ([guid]::NewGuid())
        Remove-Item $calls -ErrorAction Ignore
    }

    It 'runs a container as the job''s user, in its directory, within its limits, and writes its output' {
        $said, $where = New-ToilJob -Memory 64MB -Cores 0.5 { , (Invoke-ToilContainer -Engine docker alpine echo hello); $ToilJob.TempDirectory } | Start-ToilWorkflow $store @runs
        $said | Should -Be @('hello', 'world')
        $run, $remove = Get-Content $calls
        $run | Should -BeLike "docker run --rm --name toil-* --mount type=bind,source=$where,target=$where --workdir $where --user $(id -u):$(id -g) --cpus 0.5 --memory 67108864b alpine echo hello"
        $remove | Should -BeLike 'docker rm --force --volumes toil-*'
        ($run -split ' ')[4] | Should -Be ($remove -split ' ')[-1]
    }
    It 'passes on mounts, variables, entrypoint, user, directory and limits' {
        New-ToilJob { Invoke-ToilContainer -Engine docker -Mount @{ '/etc' = '/data:ro' } -Environment @{ KEY = 'a b' } -Entrypoint /bin/sh -User 7 -WorkingDirectory /data -Cores 2 -Memory 1GB -EngineArgument --network=none image arg } |
            Start-ToilWorkflow $store @runs
        (Get-Content $calls)[0] | Should -BeLike '*--mount type=bind,source=/etc,target=/data,readonly*--workdir /data --user 7 --entrypoint /bin/sh --env KEY=a b --cpus 2 --memory 1073741824b --network=none image arg'
    }
    It 'speaks to apptainer too' {
        New-ToilJob { Invoke-ToilContainer -Engine apptainer alpine echo hello } | Start-ToilWorkflow $store @runs | Should -Be @('hello', 'world')
        Get-Content $calls | Should -BeLike 'apptainer run --cleanenv --contain --bind * --pwd * docker://alpine echo hello'
    }
    It 'fails with the exit code and the end of the error output' {
        $failure = { New-ToilJob { Invoke-ToilContainer -Engine docker image fails } | Start-ToilWorkflow $store -RetryCount 0 @runs } | Should -Throw -PassThru
        $failure.Exception.Message | Should -BeLike '*image ended with exit code 3*what went wrong*'
    }
    It 'removes the container when the job is killed' {
        New-ToilJob {
            if ($ToilJob.TryNumber -gt 1) { return 'second try' }
            $null = Start-ThreadJob { Start-Sleep 2; kill -9 $PID }
            Invoke-ToilContainer -Engine docker image waits
        } | Start-ToilWorkflow $store -RetryCount 1 @runs | Should -Be 'second try'
        (Get-Content $calls)[1] | Should -BeLike 'docker rm --force --volumes toil-*'
    }
    It 'takes the engine of the environment, and says which there are when none is' {
        $failure = { New-ToilJob { $env:TOIL_CONTAINER_ENGINE = 'none'; Invoke-ToilContainer image } | Start-ToilWorkflow $store -RetryCount 0 @runs } | Should -Throw -PassThru
        $failure.Exception.Message | Should -BeLike "*'none' isn't a container engine*docker, podman, apptainer, singularity*"
        $failure = { New-ToilJob { $env:PATH = '/nowhere'; Invoke-ToilContainer image } | Start-ToilWorkflow "$store-2" -RetryCount 0 @runs } | Should -Throw -PassThru
        $failure.Exception.Message | Should -BeLike '*No container engine works on this node*on the PATH*'
    }
    It 'works in jobs only' { { Invoke-ToilContainer image } | Should -Throw -ErrorId 'NotInJob,Toil.Cmdlets.InvokeToilContainerCommand' }
}
