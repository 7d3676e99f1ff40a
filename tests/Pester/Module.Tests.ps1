# What reviewers hold a binary module to, checked on every exported command.
BeforeDiscovery {
    if (-not (Get-Module Toil)) { Import-Module "$PSScriptRoot/../../Toil.psd1" }
    $commands = Get-Command -Module Toil | ForEach-Object { @{ Name = $_.Name; Command = $_ } }
    $types = (Get-Command -Module Toil).OutputType.Type | Where-Object { $_ -and "$($_.Assembly.GetName().Name)" -like 'Toil.*' -and -not [IO.Stream].IsAssignableFrom($_) } | Select-Object -Unique | ForEach-Object { @{ Name = $_.FullName } }
}

Describe 'The module' {
    It 'exports exactly what its manifest lists' {
        $listed = (Import-PowerShellDataFile "$PSScriptRoot/../../Toil.psd1").CmdletsToExport | Sort-Object
        (Get-Command -Module Toil).Name | Sort-Object | Should -Be $listed
    }
    It 'lets types be named' { [Toil.ByteSize], [Toil.FileId], [Toil.Job] | Should -HaveCount 3 }
    It 'keeps all but its loader out of the shell''s load context' {
        $default = [System.Runtime.Loader.AssemblyLoadContext]::Default.Assemblies.ForEach({ $_.GetName().Name })
        $default | Should -Not -Contain 'Toil.Core'
        $default | Should -Not -Contain 'Toil.PowerShell'
    }
    It 'doesn''t ship the shell' { "$PSScriptRoot/../../module/bin/System.Management.Automation.dll" | Should -Not -Exist }
    It 'can be imported twice' {
        & (Get-Process -Id $PID).Path -NoProfile -Command "Import-Module '$PSScriptRoot/../../Toil.psd1'; Import-Module '$PSScriptRoot/../../Toil.psd1' -Force; (New-ToilJob { }).GetType().FullName" | Should -Be 'Toil.Job'
    }
    It 'names no unapproved verb' { (Get-Command -Module Toil).Verb | Where-Object { $_ -notin (Get-Verb).Verb } | Should -BeNullOrEmpty }
}

Describe '<Name>' -ForEach $commands {
    It 'has help with a synopsis and an example' {
        $help = Get-Help $Name -Full
        $help.Synopsis | Should -Not -BeLike "*$Name*"
        @($help.Examples.Example).Count | Should -BeGreaterThan 0
    }
    It 'has help for every parameter' {
        $common = [System.Management.Automation.PSCmdlet]::CommonParameters + [System.Management.Automation.PSCmdlet]::OptionalCommonParameters
        $described = (Get-Help $Name -Full).Parameters.Parameter.Name
        $Command.Parameters.Values | Where-Object { -not $_.IsDynamic -and $_.Name -notin $common -and $_.Name -notin $described } | Should -BeNullOrEmpty
    }
    It 'has examples that parse' {
        foreach ($example in (Get-Help $Name -Full).Examples.Example) {
            $errors = $null
            $null = [System.Management.Automation.Language.Parser]::ParseInput($example.Code, [ref] $null, [ref] $errors)
            $errors | Should -BeNullOrEmpty
        }
    }
    It 'says what it writes' { @($Command.ImplementingType.GetCustomAttributes([System.Management.Automation.OutputTypeAttribute], $true)).Count | Should -BeGreaterThan 0 }
    It 'has a singular noun' { $Command.Noun | Should -Not -Match '[^s]s$' }
    It 'is named as its class' { $Command.ImplementingType.Name | Should -Be "$($Command.Verb)$($Command.Noun)Command" }
    It 'asks before it changes state' {
        $cmdlet = $Command.ImplementingType.GetCustomAttributes([System.Management.Automation.CmdletAttribute], $false)[0]
        if ($Command.Verb -in 'Remove', 'Stop', 'Start', 'Resume', 'Export') { $cmdlet.SupportsShouldProcess | Should -BeTrue }
        if ($Name -in 'Remove-ToilJobStore', 'Stop-ToilWorkflow') { $cmdlet.ConfirmImpact | Should -Be 'High' }
    }
    It 'can be cancelled' { $Command.ImplementingType.BaseType.Assembly.GetType('Toil.Cmdlets.ToilCommand').IsAssignableFrom($Command.ImplementingType) | Should -BeTrue }
    It 'takes literal paths where it takes paths' {
        if ($Command.ParameterSets.Where({ $_.Parameters.Where({ $_.Name -eq 'Path' -and $_.ParameterType -eq [string[]] }) })) { $Command.Parameters.Keys | Should -Contain 'LiteralPath' }
    }
    It 'completes job stores' {
        if ($Command.Parameters.ContainsKey('JobStore')) { $Command.Parameters.JobStore.Attributes.Where({ $_ -is [ArgumentCompleter] }).Count | Should -Be 1 }
    }
}

Describe 'The type <Name>' -ForEach $types {
    It 'has a view' { Get-FormatData -TypeName $Name | Should -Not -BeNullOrEmpty }
}
