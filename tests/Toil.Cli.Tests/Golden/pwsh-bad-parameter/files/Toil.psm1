function Start-ToilWorkflow { $env:TOIL_RUN_OPTIONS }
