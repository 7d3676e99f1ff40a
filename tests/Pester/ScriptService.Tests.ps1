BeforeAll {
    . $PSScriptRoot/Runner.ps1
    $runner = New-JobRunner

    function ConvertTo-Source([scriptblock] $Script) {
        $extent = $Script.Ast.Extent
        New-Instance $Edge 'Toil.Scripting.SourceText' @($extent.File, $extent.StartLineNumber, $extent.StartColumnNumber, $extent.Text)
    }

    # A service of three blocks, made ready in the runner.
    function Open-Service([scriptblock] $Start, [scriptblock] $Check, [scriptblock] $Stop, [object[]] $Arguments = @()) {
        $job = New-ToilJob $Start -Name service -ArgumentList $Arguments
        $type = $Edge.GetType('Toil.Scripting.ScriptCode')
        $code = Invoke-Static $type 'From' @((Get-Member_ $job 'Code'))
        $none = $Edge.GetType('Toil.Scripting.SourceText').GetField('None', $AnyMember).GetValue($null)
        $service = [Activator]::CreateInstance($type.GetProperty('Service', $AnyMember).PropertyType.GenericTypeArguments[0],
            @(($Check ? (ConvertTo-Source $Check) : $none), ($Stop ? (ConvertTo-Source $Stop) : $none)))
        $type.GetProperty('Service', $AnyMember).SetValue($code, $service)
        $whole = Invoke-Member $code 'ToCode' @('')
        $launch = New-Launch (New-Instance $Core 'Toil.Job' @($job.Name, $whole, (Get-Member_ $job 'Arguments')))
        @{ Opened = Invoke-Member $runner 'OpenService' @($launch.Order, $launch.Context); Launch = $launch }
    }

    function Invoke-Part($Service, [string] $Name) {
        try { (Invoke-Member $Service.Opened $Name @(, $Service.Launch.Context)).GetAwaiter().GetResult() }
        catch {
            $exception = $_.Exception
            while ($exception -is [System.Management.Automation.MethodInvocationException]) { $exception = $exception.InnerException }
            Invoke-Member $runner 'Describe' @($exception)
        }
    }

    function Start-Service_($Service) {
        $bound = Invoke-Member (Invoke-Part $Service 'StartAsync') 'Bind' @([Func[Toil.Job, long]] { 0L })
        Invoke-Static $Edge.GetType('Toil.Values.PSValues') 'Decode' @($bound)
    }

    function Close-Service($Service) {
        $kept = (Invoke-Member $runner 'ResetAsync' @()).GetAwaiter().GetResult()
        if ([Environment]::CurrentDirectory.StartsWith($Service.Launch.Directory)) { [Environment]::CurrentDirectory = $PSScriptRoot }
        Remove-Item -LiteralPath $Service.Launch.Directory -Recurse -Force
        $kept
    }
}

Describe 'A script service' {
    It 'keeps its variables, parameters and functions from part to part, and leaves none behind' {
        function Get-Shout($Text) { $Text.ToUpperInvariant() }
        $outer = 'captured'
        $service = Open-Service {
            param($Name)
            $count = 0
            function Get-Twice($Text) { "$Text$Text" }
            Get-Shout $Name
            $using:outer
        } { $count++; $count -lt 3 } { Set-Content "$($ToilJob.TempDirectory)/log" "$count $(Get-Shout $Name) $(Get-Twice a) $using:outer" } @('db')
        (Start-Service_ $service) -join ' ' | Should -Be 'DB captured'
        Invoke-Part $service 'CheckAsync' | Should -BeTrue
        Invoke-Part $service 'CheckAsync' | Should -BeTrue
        Invoke-Part $service 'CheckAsync' | Should -BeFalse
        Invoke-Part $service 'StopAsync'
        Get-Content "$($service.Launch.Directory)/log" | Should -Be '3 DB aa captured'
        Close-Service $service | Should -BeTrue
        (Invoke-Job $runner (New-ToilJob { (Get-Variable count, Name, outer -ErrorAction Ignore).Count; (Get-Command Get-Twice, Get-Shout -ErrorAction Ignore).Count })).Value |
            Should -Be @(0, 0)
    }
    It 'is fit for use while its check says nothing, and needs neither check nor stop' {
        $service = Open-Service { 1 } $null $null
        Start-Service_ $service | Should -Be 1
        Invoke-Part $service 'CheckAsync' | Should -BeTrue
        Invoke-Part $service 'StopAsync'
        Close-Service $service | Should -BeTrue
    }
    It 'that throws tells where' {
        $service = Open-Service { 1 } { throw 'gone' } $null
        $null = Start-Service_ $service
        $failure = Invoke-Part $service 'CheckAsync'
        $failure.Message | Should -Be 'gone'
        $failure.Position | Should -Match "^$([regex]::Escape($PSCommandPath)):\d+:41"
        Close-Service $service | Should -BeTrue
    }
    It 'can''t make jobs' {
        $service = Open-Service { $null = New-ToilJob { } -Name other } $null $null
        (Invoke-Part $service 'StartAsync').Message | Should -BeLike "Service 'service' made job 'other'.*"
        Close-Service $service | Should -BeTrue
    }
}
