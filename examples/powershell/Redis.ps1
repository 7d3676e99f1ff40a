<#
.SYNOPSIS
A Redis server as a service that ten jobs use.
.DESCRIPTION
A service runs beside other jobs for as long as they need it. It starts when the job that owns it has run, its value (here
its port) goes to the jobs that follow, and it is stopped when they are complete. Needs redis-server and redis-cli.
.PARAMETER JobStore
Where the workflow's state is kept until it has succeeded.
.EXAMPLE
./Redis.ps1
#>

#Requires -Version 7.6
[CmdletBinding()]
param([string] $JobStore = './store')

if (-not (Get-Module Toil)) { Import-Module "$PSScriptRoot/../../Toil.psd1" }

$size = @{ Memory = 200MB; Disk = 20MB; Cores = 0.5 }

$owner = New-ToilJob -Name prepare @size { }

$redis = New-ToilService -Name redis @size -Start {
    # Any free port: several such services may run on a node.
    $listener = [Net.Sockets.TcpListener]::new([Net.IPAddress]::Loopback, 0)
    $listener.Start()
    $port = $listener.LocalEndpoint.Port
    $listener.Stop()

    $server = Start-Process redis-server "--port $port --bind 127.0.0.1 --save `"`" --dir ." -PassThru -RedirectStandardOutput redis.log
    Invoke-ToilRetry -MaxAttempts 20 -Backoff 0.1 { $null = redis-cli -p $port ping 2>$null }
    $port
} -Check {
    if ($server.HasExited) { throw "redis-server ended with exit code $($server.ExitCode)" }
    $true
} -Stop {
    $server.Kill()
    $server.WaitForExit()
}
$null = $redis | Add-ToilService $owner

$users = 1..10 | New-ToilJob -Name count @size -ArgumentList $redis { param($N, $Port) [int] (redis-cli -p $Port incrby total $N) }
$null = $users | Add-ToilChild $owner

# A follow-on of the owner still has the service.
New-ToilJob -Name total @size -ArgumentList $redis { param($Port) [int] (redis-cli -p $Port get total) } |
    Add-ToilFollowOn $owner | Start-ToilWorkflow -JobStore $JobStore
