@{ RootModule = 'Toil.psm1'; ModuleVersion = '0.0.1'; FunctionsToExport = 'Start-ToilWorkflow' }
