# Signs files with the certificate of the environment: CERTIFICATE (a .pfx in base64) and CERTIFICATE_PASSWORD.
$ErrorActionPreference = "Stop"
$pfx = Join-Path $env:RUNNER_TEMP "certificate.pfx"
[IO.File]::WriteAllBytes($pfx, [Convert]::FromBase64String($env:CERTIFICATE))
try {
    $signtool = Get-ChildItem "${env:ProgramFiles(x86)}\Windows Kits\10\bin\*\x64\signtool.exe" | Select-Object -Last 1
    foreach ($file in $args) {
        & $signtool.FullName sign /fd SHA256 /td SHA256 /tr http://timestamp.digicert.com /f $pfx /p $env:CERTIFICATE_PASSWORD $file
        if ($LASTEXITCODE) { throw "$file is not signed" }
    }
}
finally {
    Remove-Item $pfx
}
