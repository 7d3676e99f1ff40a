#!/usr/bin/env bash
# Prints how long CWL takes beside cwltool, toil-cwl-runner and xargs, all in one run, with the ratios to ours.
# Usage: bench/cwl.sh [quick|full]   full also runs the whole v1.2 suite, and the peers on the large shapes.
set -euo pipefail
cd "$(dirname "$0")/.."
size=${1:-quick}
work=$(mktemp -d "${TMPDIR:-/tmp}/toil-cwl-bench.XXXXXX")
trap 'rm -rf "$work"' EXIT

# What ./build.ps1 has published.
published=artifacts/toil
[ -x "$published/toil" ] || dotnet publish src/Toil.Cli -c Release -p:ToilPublish=true -o "$published" -v quiet --nologo >/dev/null
published=$(realpath "$published")
ours() { "$published/toil" cwl --quiet --outdir "$work/out" "$@"; }

cat > "$work/echo.cwl" <<'CWL'
cwlVersion: v1.2
class: CommandLineTool
baseCommand: echo
inputs:
  message: {type: string, inputBinding: {position: 1}}
outputs:
  out: {type: stdout}
CWL
cat > "$work/scatter.cwl" <<'CWL'
cwlVersion: v1.2
class: Workflow
requirements: {ScatterFeatureRequirement: {}}
inputs: {messages: 'string[]'}
outputs:
  out: {type: 'File[]', outputSource: echo/out}
steps:
  echo: {run: echo.cwl, scatter: message, in: {message: messages}, out: [out]}
CWL
cat > "$work/add.cwl" <<'CWL'
cwlVersion: v1.2
class: CommandLineTool
baseCommand: [sh, -c, 'cat "$0"; echo line']
inputs:
  before: {type: File, inputBinding: {position: 1}}
outputs:
  after: {type: stdout}
stdout: lines.txt
CWL
messages() { awk -v n="$1" 'BEGIN { print "messages:"; for (i = 1; i <= n; i++) print "  - message " i }' > "$work/messages-$1.yml"; }
chain() {
    awk -v n="$1" 'BEGIN {
        print "cwlVersion: v1.2\nclass: Workflow\ninputs: {first: File}\noutputs:\n  last: {type: File, outputSource: s" n "/after}\nsteps:"
        for (i = 1; i <= n; i++) print "  s" i ": {run: add.cwl, in: {before: " (i == 1 ? "first" : "s" (i - 1) "/after") "}, out: [after]}"
    }' > "$work/chain-$1.cwl"
}
messages 500; messages 10000; messages 100; chain 1000; chain 100
echo first > "$work/first.txt"
printf 'first: {class: File, path: first.txt}\n' > "$work/first.yml"

# seconds COMMAND...: wall seconds, the best of three (of one when it takes longer than 20 s).
seconds() {
    local best='' took start
    for _ in 1 2 3; do
        # Set aside, not removed: a file system that has just removed many files is slow to make new ones.
        for made in out store; do [ ! -e "$work/$made" ] || mv "$work/$made" "$(mktemp -d "$work/old.XXXXXX")"; done
        mkdir "$work/out"
        start=$(date +%s.%N)
        if ! "$@" >"$work/stdout" 2>"$work/stderr"; then
            echo FAILED
            tail -5 "$work/stderr" >&2
            return
        fi
        took=$(awk -v a="$start" -v b="$(date +%s.%N)" 'BEGIN { print b - a }')
        best=$(awk -v a="$took" -v b="${best:-1e9}" 'BEGIN { print a < b ? a : b }')
        if awk -v a="$took" 'BEGIN { exit !(a > 20) }'; then break; fi
    done
    echo "$best"
}

# row NAME LIMIT OURS_SECONDS PEER_NAME=SECONDS...
row() {
    local name=$1 limit=$2 own=$3
    shift 3
    printf '%-28s ours %8.2f s (to reach: %s)' "$name" "$own" "$limit"
    for peer in "$@"; do
        awk -v peer="${peer%%=*}" -v took="${peer##*=}" -v own="$own" 'BEGIN { if (took == "FAILED") printf "   %s failed", peer; else printf "   %s %.2f s (%.1fx)", peer, took, took / own }'
    done
    echo
}

peers() { # peers ARGUMENTS...: what cwltool and toil-cwl-runner take for the same, where they are installed
    if command -v cwltool >/dev/null; then echo "cwltool=$(seconds cwltool --quiet --no-container --outdir "$work/out" "$@")"; fi
}
toil_peer() {
    if command -v toil-cwl-runner >/dev/null; then
        echo "toil-cwl-runner=$(seconds toil-cwl-runner --logCritical --no-container --jobStore "$work/store" --outdir "$work/out" "$@")"
    fi
}
xargs_of() { echo "xargs=$(seconds sh -c "seq $1 | xargs -P2 -n1 echo message >'$work/out/all'")"; }

row 'one echo' '0.35 s' "$(seconds ours "$work/echo.cwl" --message hello)" $(peers "$work/echo.cwl" --message hello) $(toil_peer "$work/echo.cwl" --message hello)
row 'scatter of 500 echos' '0.9 s' "$(seconds ours "$work/scatter.cwl" "$work/messages-500.yml")" $(xargs_of 500) $(peers "$work/scatter.cwl" "$work/messages-500.yml")
row 'scatter of 10,000 echos' '12 s' "$(seconds ours "$work/scatter.cwl" "$work/messages-10000.yml")" $(xargs_of 10000) \
    $([ "$size" = full ] && peers "$work/scatter.cwl" "$work/messages-10000.yml")
/usr/bin/env time -f '%M' -o "$work/peak" "$published/toil" cwl --quiet --outdir "$work/out10k" "$work/scatter.cwl" "$work/messages-10000.yml" >/dev/null 2>&1 \
    && awk '{ printf "    peak memory of the 10,000: %.0f MB (to reach: 300 MB)\n", $1 / 1024 }' "$work/peak"
row 'chain of 1,000 tools' '6 s' "$(seconds ours "$work/chain-1000.cwl" "$work/first.yml")" $([ "$size" = full ] && peers "$work/chain-1000.cwl" "$work/first.yml")
if [ "$size" = full ]; then
    row 'scatter of 100 echos' '-' "$(seconds ours "$work/scatter.cwl" "$work/messages-100.yml")" $(toil_peer "$work/scatter.cwl" "$work/messages-100.yml")
    dotnet build tests/Toil.Conformance.Tests -c Release -v quiet --nologo >/dev/null
    suite=tests/Toil.Conformance.Tests/bin/Release/net10.0/Toil.Conformance.Tests
    run_suite() { TOIL_CONFORMANCE_PROGRAM=$1 "$suite" -method '*.V12' >"$work/suite" 2>&1 || true; tail -3 "$work/suite" | grep -o 'Total:.*' >"$work/suite-$2"; }
    row 'the v1.2 suite, two at a time' '60 s' "$(seconds run_suite "$published/toil cwl" ours)" \
        $(command -v cwltool >/dev/null && echo "cwltool=$(seconds run_suite 'cwltool --no-container' cwltool)")
    for who in ours cwltool; do [ ! -f "$work/suite-$who" ] || echo "    $who: $(cat "$work/suite-$who")"; done
fi
