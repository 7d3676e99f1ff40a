BeforeAll {
    if (-not (Get-Module Toil)) { Import-Module "$PSScriptRoot/../../Toil.psd1" }
    $runs = @{ DefaultMemory = 200MB; DefaultDisk = 10MB; InformationAction = 'SilentlyContinue'; DisableProgress = $true }
    $any = [System.Reflection.BindingFlags]'Instance,Static,Public,NonPublic'

    # A project as its author sees it: a script, a sibling, a module beside it, saved modules, data that isn't code.
    function New-Project([string] $Path) {
        $files = @{
            'helper.ps1'                          = 'function Get-Helped { "helped" }'
            'data.csv'                            = 'not code'
            'Words/Words.psm1'                    = 'class Word { [string] $Text; Word([string] $Text) { $this.Text = $Text } [string] Twice() { return $this.Text * 2 } }; function Get-Word { "word" }'
            'Words/list.txt'                      = 'part of the module'
            'Modules/Saved/1.2.0/Saved.psm1'      = 'function Get-Saved { "saved" }'
            'Modules/Saved/1.2.0/Saved.psd1'      = "@{ ModuleVersion = '1.2.0'; RootModule = 'Saved.psm1'; FunctionsToExport = 'Get-Saved' }"
            'notes/other.ps1'                     = 'not a module'
            'flow.ps1'                            = @'
using module ./Words/Words.psm1
enum Colour { Red = 1; Green = 2 }
class Animal { [string] $Name; static [int] $Count = 0; [string] Speak() { [Animal]::Count++; return "$($this.Name) $([Animal]::Count) $(Get-Noise)" } }
class Dog : Animal { Dog([string] $Name) { $this.Name = $Name } }
function Get-Noise { 'wuff' }

function New-SiblingJob { New-ToilJob -Name sibling { . $PSScriptRoot/helper.ps1; Get-Helped } }
function New-FolderJob { New-ToilJob -Name folder { $PSScriptRoot; Get-ChildItem $PSScriptRoot -Recurse -File | ForEach-Object { [IO.Path]::GetRelativePath($PSScriptRoot, $_.FullName) } } }
function New-SavedJob { New-ToilJob -Name saved { Get-Saved } }
function New-DeferringJob { param($Path) New-ToilJob -Name deferring { $Path = $using:Path; Register-ToilDeferredAction { . $PSScriptRoot/helper.ps1; Set-Content $using:Path "$(Get-Helped) $(Get-Saved)" }; 'done' } }
function New-FailingJob { New-ToilJob -Name failing { throw 'no good' } }
function New-ClassJob { param($Count = 1) 1..$Count | New-ToilJob -Name class -ArgumentList Rex { param($N, $Name) [Dog]::new($Name).Speak() + " $([Colour] 2)" } }
function New-ModuleClassJob { New-ToilJob -Name word { [Word]::new('ab').Twice() } }
function New-NestedJob { New-ToilJob -Name outer { $null = [Dog]; New-ToilJob -Name inner { [Dog]::new('Pup').Speak() } | Add-ToilChild } }
'@
        }
        foreach ($file in $files.GetEnumerator()) {
            $target = Join-Path $Path $file.Key
            $null = New-Item -ItemType Directory (Split-Path $target) -Force
            Set-Content -LiteralPath $target $file.Value
        }
    }

    # As a batch system without shared files makes the leader do it, ahead of the start.
    function Publish-Code([string] $Store, [Toil.Job[]] $Job) {
        Set-Content $TestDrive/staged.txt x
        $null = Import-ToilFile $TestDrive/staged.txt -JobStore $Store
        $core = [Toil.Job].Assembly
        $locator = $core.GetType('Toil.JobStores.JobStoreLocator').GetMethod('Parse', $any).Invoke($null, @($Store))
        $opened = $core.GetType('Toil.JobStores.JobStore').GetMethod('OpenAsync', $any).Invoke($null, @($locator, [Threading.CancellationToken]::None)).GetAwaiter().GetResult()
        $codes = [Array]::CreateInstance($core.GetType('Toil.Code'), $Job.Count)
        for ($i = 0; $i -lt $Job.Count; $i++) { $codes[$i] = [Toil.Job].GetProperty('Code', $any).GetValue($Job[$i]) }
        $publish = (Get-Command New-ToilJob).ImplementingType.Assembly.GetType('Toil.Running.ScriptDeployment').GetMethods($any).Where({ $_.Name -eq 'PublishAsync' -and $_.GetParameters()[0].Name -eq 'store' })[0]
        $null = $publish.Invoke($null, @($opened.Blobs, $codes, [Threading.CancellationToken]::None)).GetAwaiter().GetResult()
    }
}

Describe 'A script with siblings, modules and classes' {
    BeforeAll {
        New-Project $TestDrive/project
        . $TestDrive/project/flow.ps1
    }
    BeforeEach { $store = Join-Path $TestDrive ([guid]::NewGuid()) }

    It 'finds its siblings' { New-SiblingJob | Start-ToilWorkflow $store @runs | Should -Be 'helped' }
    It 'finds modules saved beside it' { New-SavedJob | Start-ToilWorkflow $store @runs | Should -Be 'saved' }
    It 'has its classes and enums in jobs, each job its own statics' {
        New-ClassJob -Count 3 | Start-ToilWorkflow $store -MaxCores 1 @runs | Should -Be @('Rex 1 wuff Green', 'Rex 1 wuff Green', 'Rex 1 wuff Green')
    }
    It 'has the classes of modules that it uses' { New-ModuleClassJob | Start-ToilWorkflow $store @runs | Should -Be 'abab' }
    It 'has its classes in jobs that jobs make' { New-NestedJob | Start-ToilWorkflow $store @runs | Should -Be 'Pup 1 wuff' }
    It 'keeps the classes of one job from the next' {
        $first = New-ClassJob
        $second = New-ToilJob { [bool] ('Dog' -as [type]) }
        $null = $second | Add-ToilFollowOn $first
        $second | Start-ToilWorkflow $store -MaxCores 1 @runs | Should -BeFalse
    }
}

Describe 'Code that travels' {
    BeforeEach {
        $project = Join-Path $TestDrive ([guid]::NewGuid())
        $store = Join-Path $TestDrive ([guid]::NewGuid())
        New-Project $project
        . $project/flow.ps1
    }

    It 'is there when the author''s folder isn''t' {
        $jobs = (New-SiblingJob), (New-SavedJob), (New-ClassJob), (New-ModuleClassJob), (New-NestedJob)
        Publish-Code $store $jobs
        Rename-Item $project "$project.gone"
        $jobs | Start-ToilWorkflow $store @runs | Should -Be @('helped', 'saved', 'Rex 1 wuff Green', 'abab', 'Pup 1 wuff')
    }
    It 'is the scripts, the modules and the saved modules, without anything else' {
        $job = New-FolderJob
        Publish-Code $store $job
        $folder, $files = $job | Start-ToilWorkflow $store @runs
        $folder | Should -Not -BeLike "$project*"
        $files | Sort-Object | Should -Be @('flow.ps1', 'helper.ps1', 'Modules/Saved/1.2.0/Saved.psd1', 'Modules/Saved/1.2.0/Saved.psm1', 'Words/list.txt', 'Words/Words.psm1')
    }
    It 'is what deferred actions use too' {
        $job = New-DeferringJob "$TestDrive/deferred.txt"
        Publish-Code $store $job
        Rename-Item $project "$project.gone"
        $job | Start-ToilWorkflow $store @runs | Should -Be 'done'
        Get-Content $TestDrive/deferred.txt | Should -Be 'helped saved'
    }
    It 'still names the author''s files in errors' {
        $job = New-FailingJob
        Publish-Code $store $job
        $failure = { $job | Start-ToilWorkflow $store -RetryCount 0 -Clean Never -ErrorAction Stop @runs } | Should -Throw -PassThru
        $failure.TargetObject[0].Error.Position | Should -BeLike "$project/flow.ps1:*"
    }
    It 'is unpacked once per node' {
        # Each lasts, so that all four need the code at once.
        $jobs = 1..4 | New-ToilJob { Start-Sleep -Milliseconds 300; $PSScriptRoot }
        Publish-Code $store (@($jobs) + (New-FolderJob))
        @($jobs | Start-ToilWorkflow $store -MaxCores 4 @runs | Sort-Object -Unique).Count | Should -Be 1
    }
    It 'isn''t made on a single machine, whose jobs see the files themselves' {
        New-FolderJob | Start-ToilWorkflow $store @runs | Should -Contain 'data.csv'
        New-FolderJob | Start-ToilWorkflow $store -Clean Never @runs | Out-Null
        "$store/code/deployed.json" | Should -Not -Exist
    }
    It 'refuses a module of another version than the one that the job was made with' {
        $null = New-Item -ItemType Directory $project/Plain
        Set-Content $project/Plain/Plain.psm1 'function Get-Plain { "plain" }'
        Set-Content $project/Plain/Plain.psd1 "@{ ModuleVersion = '1.2.0'; RootModule = 'Plain.psm1'; FunctionsToExport = 'Get-Plain' }"
        Import-Module $project/Plain/Plain.psd1
        $job = New-ToilJob { Get-Plain }
        Set-Content $project/Plain/Plain.psd1 "@{ ModuleVersion = '1.3.0'; RootModule = 'Plain.psm1'; FunctionsToExport = 'Get-Plain' }"
        $failure = { $job | Start-ToilWorkflow $store -RetryCount 0 @runs } | Should -Throw -PassThru
        $failure.TargetObject[0].Error.Message | Should -BeLike '*1.3.0*1.2.0*'
        Remove-Module Plain
    }
}
