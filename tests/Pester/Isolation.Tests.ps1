BeforeAll {
    . $PSScriptRoot/Runner.ps1
    $state = @{ Runner = New-JobRunner }
    # Runs a job, then another one; the second one's value.
    function Get-After([scriptblock] $First, [scriptblock] $Second) {
        $left = Invoke-Job $state.Runner (New-ToilJob $First)
        if ($left.Kept -eq $false) { $state.Runner = New-JobRunner }
        $next = Invoke-Job $state.Runner (New-ToilJob $Second)
        if ($next.Failure) { throw $next.Failure.Message }
        $next.Value
    }
}

Describe 'An ordinary job keeps its worker' {
    It '<Name>' -ForEach @(
        @{ Name = 'nothing'; Job = { } }
        @{ Name = 'files and processes'; Job = { Set-Content a 1; Get-Content a; /bin/true; Get-ChildItem | Where-Object Length -GT 0 } }
        @{ Name = 'a failure'; Job = { throw 'x' } }
        @{ Name = 'exit'; Job = { exit 3 } }
        @{ Name = 'parallel loops'; Job = { 1..4 | ForEach-Object -Parallel { $_ } -ThrottleLimit 2 } }
        @{ Name = 'a shell of its own'; Job = { $ps = [powershell]::Create().AddScript('1'); $ps.EndInvoke($ps.BeginInvoke()); $ps.Dispose() } }
        @{ Name = 'JSON and XML'; Job = { '{"a":1}' | ConvertFrom-Json; [xml]'<a/>' | Out-Null; 1 | ConvertTo-Json } }
        @{ Name = 'regular expressions'; Job = { [regex]::new('a+', 'Compiled').Match('aa').Value } }
    ) {
        (Invoke-Job $state.Runner (New-ToilJob $Job)).Kept | Should -BeTrue
        (Invoke-Job $state.Runner (New-ToilJob { 7 })).Value | Should -Be 7
    }
}

Describe 'A job sees nothing of the job before it' {
    It '<Name>' -ForEach @(
        @{ Name = 'a variable'; First = { $x = 1 }; Second = { $null -eq $x } }
        @{ Name = 'a global variable'; First = { $global:x = 1 }; Second = { $null -eq $x } }
        @{ Name = 'a read-only variable'; First = { Set-Variable -Name x -Value 1 -Scope Global -Option ReadOnly }; Second = { $null -eq $x } }
        @{ Name = 'a constant variable'; First = { Set-Variable -Name x -Value 1 -Scope Global -Option Constant }; Second = { $null -eq $x } }
        @{ Name = 'a preference variable'; First = { $global:ErrorActionPreference = 'Continue'; $global:OFS = '-' }; Second = { "$ErrorActionPreference" -eq 'Stop' -and "$(1, 2)" -eq '1 2' } }
        @{ Name = 'a default parameter value'; First = { $global:PSDefaultParameterValues['Get-Random:Maximum'] = 1 }; Second = { $PSDefaultParameterValues.Count -eq 0 } }
        @{ Name = 'replaced default parameter values'; First = { $global:PSDefaultParameterValues = @{ a = 1 } }; Second = { $PSDefaultParameterValues.Count -eq 0 } }
        @{ Name = '$Error'; First = { try { throw 'x' } catch { } }; Second = { $Error.Count -eq 0 } }
        @{ Name = '$LASTEXITCODE'; First = { /bin/sh -c 'exit 0' }; Second = { $null -eq $global:LASTEXITCODE } }
        @{ Name = 'the location'; First = { Set-Location / }; Second = { "$PWD" -eq $ToilJob.TempDirectory } }
        @{ Name = 'a location on another drive'; First = { Set-Location Env: }; Second = { "$PWD" -eq $ToilJob.TempDirectory } }
        @{ Name = 'the location stack'; First = { Push-Location / }; Second = { try { Pop-Location -ErrorAction Stop } catch { }; "$PWD" -eq $ToilJob.TempDirectory } }
        @{ Name = 'a named location stack'; First = { Push-Location / -StackName s }; Second = { try { Pop-Location -StackName s; $false } catch { $true } } }
        @{ Name = 'the process directory'; First = { [Environment]::CurrentDirectory = '/' }; Second = { [Environment]::CurrentDirectory -eq $ToilJob.TempDirectory } }
        @{ Name = 'an environment variable'; First = { $env:TOIL_TEST = 1 }; Second = { $null -eq $env:TOIL_TEST } }
        @{ Name = 'a changed environment variable'; First = { $env:PATH = '/nowhere' }; Second = { $env:PATH -ne '/nowhere' } }
        @{ Name = 'a removed environment variable'; First = { Remove-Item Env:HOME }; Second = { $null -ne $env:HOME } }
        @{ Name = 'a function'; First = { function global:Get-It { 1 } }; Second = { -not (Test-Path function:Get-It) } }
        @{ Name = 'a replaced function'; First = { function global:cd.. { 'mine' } }; Second = { "${function:cd..}" -notmatch 'mine' } }
        @{ Name = 'an alias'; First = { Set-Alias it Get-Item -Scope Global }; Second = { -not (Test-Path alias:it) } }
        @{ Name = 'a removed alias'; First = { Remove-Item alias:foreach -Force }; Second = { Test-Path alias:foreach } }
        @{ Name = 'a drive'; First = { New-PSDrive -Name My -PSProvider FileSystem -Root / -Scope Global }; Second = { -not (Get-PSDrive My -ErrorAction Ignore) } }
        @{ Name = 'a module'; First = { New-Module -Name M { function Get-M { 1 } } | Import-Module -Global }; Second = { -not (Get-Module M) -and -not (Test-Path function:Get-M) } }
        @{ Name = 'a loaded module of PowerShell'; First = { Compress-Archive -Path /etc/hostname -DestinationPath x.zip }; Second = { $true } }
        @{ Name = 'strict mode'; First = { Set-StrictMode -Version Latest }; Second = { $null -eq $nothing } }
        @{ Name = 'strict mode by debug settings'; First = { Set-PSDebug -Strict }; Second = { $null -eq $nothing } }
        @{ Name = 'a breakpoint'; First = { Set-PSBreakpoint -Command Get-Item }; Second = { @(Get-PSBreakpoint).Count -eq 0 } }
        @{ Name = 'an event subscriber'; First = { Register-EngineEvent -SourceIdentifier e -Action { } }; Second = { @(Get-EventSubscriber).Count -eq 0 } }
        @{ Name = 'type data'; First = { Update-TypeData -TypeName System.Int32 -MemberName Twice -MemberType ScriptProperty -Value { $this * 2 } }; Second = { $null -eq (3).Twice } }
        @{ Name = 'the culture'; First = { [cultureinfo]::CurrentCulture = [cultureinfo]::InvariantCulture.Clone() }; Second = { [cultureinfo]::CurrentCulture.IsReadOnly } }
        @{ Name = 'redirected console output'; First = { [Console]::SetOut([IO.StringWriter]::new()) }; Second = { [Console]::Out -isnot [IO.StringWriter] } }
        @{ Name = 'a type by Add-Type'; First = { Add-Type 'public class LeftByAddType { }' }; Second = { $true } }
        @{ Name = 'a running PowerShell job'; First = { Start-ThreadJob { Start-Sleep 5 } }; Second = { @(Get-Job).Count -eq 0 } }
    ) {
        Get-After $First $Second | Should -BeTrue
    }
}

Describe 'A job that leaves what can''t be taken away costs its worker' {
    BeforeEach { $state.Runner = New-JobRunner }
    AfterEach {
        # What it left is gone before the next test looks.
        $gate = [AppDomain]::CurrentDomain.GetData('ToilGate')
        if ($gate) { $null = $gate.Set() }
        Get-Process sleep, pwsh -ErrorAction Ignore | Where-Object { $_.Parent.Id -eq $PID } | Stop-Process -Force
    }

    It '<Name>' -ForEach @(
        @{ Name = 'a type by Add-Type'; Job = { Add-Type 'public class Left1 { }' } }
        @{ Name = 'a class'; Job = { Invoke-Expression 'class Left2 { }' } }
        @{ Name = 'a process'; Job = { $null = Start-Process sleep 3 -PassThru } }
        @{ Name = 'an orphan'; Job = { /bin/sh -c 'sleep 3 >/dev/null 2>&1 &' } }
        @{ Name = 'a background job'; Job = { $null = Start-Job { Start-Sleep 5 } } }
        @{ Name = 'a thread job'; Job = { $null = Start-ThreadJob { Start-Sleep 5 } } }
        @{ Name = 'a thread'; Job = { $ps = [powershell]::Create().AddScript('Start-Sleep 3'); $null = $ps.BeginInvoke() } }
        @{ Name = 'a thread that has yet to begin'; Job = {
                # All threads of the pool are busy until the gate opens.
                $gate = [Threading.ManualResetEvent]::new($false)
                [AppDomain]::CurrentDomain.SetData('ToilGate', $gate)
                1..64 | ForEach-Object { $null = [Threading.Tasks.Task]::Run([Delegate]::CreateDelegate([Func[bool]], $gate, 'WaitOne')) }
                $null = [System.Management.Automation.PowerShell]::Create().AddScript('Start-Sleep 3').BeginInvoke()
            }
        }
        @{ Name = 'a file watcher'; Job = { $global:w = [IO.FileSystemWatcher]::new('/tmp'); $w.EnableRaisingEvents = $true } }
        @{ Name = 'tracing'; Job = { Set-TraceSource -Name CommandDiscovery -Option None } }
    ) {
        if ($Name -eq 'an orphan') {
            Invoke-Static $Edge.GetType('Toil.Worker.ChildProcesses') 'AdoptOrphans' @()
        }

        (Invoke-Job $state.Runner (New-ToilJob $Job)).Kept | Should -BeFalse
    }
}
