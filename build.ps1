#!/usr/bin/env pwsh
#Requires -Version 7.4
<#
.SYNOPSIS
    Builds, tests and packages Toil for PowerShell and .NET.
.DESCRIPTION
    Build    Publishes the module's assemblies into module/bin and the toil executable into artifacts/toil.
             Afterwards `Import-Module ./Toil.psd1` works from the checkout.
    Test     Runs all tests: dotnet test, and Pester against the built module.
    Package  Makes artifacts/module/Toil/<version>, a folder that is ready to be published.
    Clean    Removes everything that the others made.
.EXAMPLE
    ./build.ps1
.EXAMPLE
    ./build.ps1 Test
#>
[CmdletBinding()]
param(
    [Parameter(Position = 0)]
    [ValidateSet('Build', 'Test', 'Package', 'Clean')]
    [string[]] $Task = 'Build',

    [ValidateSet('Debug', 'Release')]
    [string] $Configuration = 'Release'
)

$ErrorActionPreference = 'Stop'
$PSNativeCommandUseErrorActionPreference = $true
Set-StrictMode -Version Latest

$artifacts = Join-Path $PSScriptRoot 'artifacts'
$bin = Join-Path $PSScriptRoot 'module' 'bin'
$manifest = Join-Path $PSScriptRoot 'Toil.psd1'

function Publish-Project([string] $Name, [string] $Destination) {
    dotnet publish (Join-Path $PSScriptRoot 'src' $Name) --configuration $Configuration -p:ToilPublish=true --output $Destination --nologo --verbosity quiet
}

function Clear-Directory([string] $Path) {
    # Removed rather than written over: a shell that has loaded these assemblies keeps its copies.
    if (Test-Path $Path) { Remove-Item $Path -Recurse -Force }
}

function Invoke-Build {
    Clear-Directory $bin
    Clear-Directory (Join-Path $artifacts 'toil')
    foreach ($name in 'Toil.PowerShell', 'Toil.PowerShell.Loader') { Publish-Project $name $bin }
    Publish-Project 'Toil.Cli' (Join-Path $artifacts 'toil')
}

function Invoke-Test {
    Invoke-Build
    dotnet test (Join-Path $PSScriptRoot 'Toil.PowerShell.sln') --configuration $Configuration --nologo
    $tests = Join-Path $PSScriptRoot 'tests' 'Pester'
    if (-not (Test-Path $tests)) { return }
    if (Get-Module Pester -ListAvailable | Where-Object Version -ge '5.0') {
        # Each file in a shell of its own: what its tests load or leave can't all be taken back.
        foreach ($file in Get-ChildItem $tests -Filter *.Tests.ps1) {
            pwsh -NoProfile -Command { Invoke-Pester -Configuration @{ Run = @{ Path = $args[0]; Exit = $true } } } -args $file.FullName
        }
    }
    else {
        Write-Warning 'Pester 5 is not installed: the tests of the cmdlets were skipped.'
    }
}

function Invoke-Package {
    Invoke-Build
    $version = (Import-PowerShellDataFile $manifest).ModuleVersion
    $package = Join-Path $artifacts 'module' 'Toil' $version
    Clear-Directory $package
    [void] (New-Item $package -ItemType Directory)
    Copy-Item $manifest, (Join-Path $PSScriptRoot 'README.md') $package
    Copy-Item (Join-Path $PSScriptRoot 'module'), (Join-Path $PSScriptRoot 'en-US') $package -Recurse
    # The executable shares the module's assemblies, so it stands beside them.
    Copy-Item (Join-Path $artifacts 'toil' '*') (Join-Path $package 'module' 'bin') -Force
    [void] (Test-ModuleManifest (Join-Path $package 'Toil.psd1'))
    Write-Host "Packaged $package"
}

function Invoke-Clean {
    Clear-Directory $bin
    Clear-Directory $artifacts
    Get-ChildItem (Join-Path $PSScriptRoot 'src'), (Join-Path $PSScriptRoot 'tests') -Directory -Recurse -Depth 1 |
        Where-Object Name -in 'bin', 'obj' | Remove-Item -Recurse -Force
}

foreach ($name in $Task) { & "Invoke-$name" }
