#!/usr/bin/env bash
# Prints how long whole workflows take, beside Toil's (Python) on the same shapes where it is installed.
# Usage: bench/run.sh [quick|full]   full also runs the large sizes of both.
set -euo pipefail
cd "$(dirname "$0")/.."
size=${1:-quick}
work=$(mktemp -d "${TMPDIR:-/tmp}/toil-bench.XXXXXX")
trap 'rm -rf "$work"' EXIT

dotnet build -c Release -v q --nologo bench/Toil.Bench >/dev/null
bench=bench/Toil.Bench/bin/Release/net10.0/Toil.Bench

# timed NAME LIMIT COMMAND...: wall seconds of one run, the best of three.
timed() {
    local name=$1 limit=$2 best='' took start
    shift 2
    for _ in 1 2 3; do
        rm -rf "$work/store"
        start=$(date +%s.%N)
        if ! "$@" >"$work/out" 2>&1; then
            printf '%-58s FAILED\n' "$name"
            sed 's/^/    /' "$work/out" | tail -5
            return
        fi
        took=$(awk -v a="$start" -v b="$(date +%s.%N)" 'BEGIN { print b - a }')
        best=$(awk -v a="$took" -v b="${best:-1e9}" 'BEGIN { print a < b ? a : b }')
    done
    printf '%-58s %8.2f s   (to reach: %s)\n' "$name" "$best" "$limit"
}

csharp() { timed "$1" "$2" "$bench" --jobStore "$work/store" --defaultMemory 10Mi --defaultDisk 1Mi --disableProgress "${@:3}"; }
script() { timed "$1" "$2" pwsh -NoProfile -NonInteractive -File bench/Shapes.ps1 -JobStore "$work/store" "${@:3}"; }
peer() {
    if python3 -c 'import toil' 2>/dev/null || /usr/bin/python3 -c 'import toil' 2>/dev/null; then
        timed "$1" "-" /usr/bin/python3 bench/peers/shapes.py "$work/store" "${@:2}"
    fi
}

echo '== C# jobs'
csharp 'one job, built host' '0.4 s' --shape Hello
csharp 'fan-out of 1,000' '-' --shape FanOut --jobs 1000
csharp 'fan-out of 10,000' '3 s' --shape FanOut --jobs 10000
csharp 'fan-out of 100,000, inline' '5 s' --shape FanOut --jobs 100000 --inline
csharp 'chain of 1,000' '-' --shape Chain --jobs 1000
csharp 'chain of 100,000 with the value passed up, inline' 'resolves' --shape Chain --jobs 100000 --inline
csharp 'binary strings, depth 6' '-' --shape BinaryStrings --jobs 6

if command -v pwsh >/dev/null; then
    echo '== PowerShell jobs'
    script 'one job' '1.0 s' -Shape Hello
    script 'fan-out of 100' '1.5 s' -Shape FanOut -Jobs 100
    script 'fan-out of 1,000' '4 s' -Shape FanOut -Jobs 1000
    script 'fan-out of 10,000' '20 s' -Shape FanOut -Jobs 10000
    script 'chain of 1,000' '3.5 s' -Shape Chain -Jobs 1000
    script 'binary strings, depth 6' '1.5 s' -Shape BinaryStrings -Jobs 6
    script '100 jobs write 10 MB each, 100 read them' '4 s' -Shape Files -Jobs 100
else
    echo 'pwsh is not installed: PowerShell jobs are not measured'
fi

if [ "$size" = full ]; then
    echo '== growth, inline fan-out (to reach: at most linear; 1,000,000 within 1 GiB)'
    for jobs in 10000 100000 1000000; do
        csharp "fan-out of $jobs, inline" '-' --shape FanOut --jobs $jobs --inline
        grep -o 'peak.*' "$work/out" || true
    done
fi

echo '== Toil (Python) and GNU parallel on the same shapes'
peer 'Toil: one job' hello 1
peer 'Toil: fan-out of 10' fanout 10
peer 'Toil: chain of 1,000 without a value' chain 1000
if [ "$size" = full ]; then
    peer 'Toil: fan-out of 100' fanout 100
    peer 'Toil: binary strings, depth 6' binarystrings 6
    peer 'Toil: 100 jobs write 10 MB each, 100 read them' files 100
fi
command -v parallel >/dev/null && timed 'GNU parallel: 1,000 times true' '-' sh -c 'seq 1000 | parallel -j2 true'
