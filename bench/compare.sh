#!/usr/bin/env bash
# Prints how much slower or faster whole workflows have become since another commit: the two take turns in one run, so that
# whatever else the machine does meets both. Usage: bench/compare.sh COMMIT [ROUNDS]
set -euo pipefail
cd "$(dirname "$0")/.."
commit=$1 rounds=${2:-5}
work=$(mktemp -d "${TMPDIR:-/tmp}/toil-compare.XXXXXX")
base=$work/base
trap 'git worktree remove --force "$base" 2>/dev/null; rm -rf "$work"' EXIT
git worktree add --quiet --detach "$base" "$commit"

for tree in . "$base"; do
    dotnet build -c Release -v q --nologo "$tree/bench/Toil.Bench" > /dev/null
    if type -P pwsh > /dev/null; then (cd "$tree" && pwsh -NoProfile -NonInteractive -File build.ps1 Build > /dev/null); fi
done

# seconds TREE COMMAND...: wall time of one run in a tree.
seconds() {
    local tree=$1 start
    shift
    rm -rf "$work/store"
    start=$(date +%s.%N)
    (cd "$tree" && "$@" > "$work/out" 2>&1) || { tail -5 "$work/out" >&2; exit 1; }
    awk -v a="$start" -v b="$(date +%s.%N)" 'BEGIN { printf "%.3f", b - a }'
}

# compare NAME COMMAND...: the best of all rounds on both sides, and their ratio.
compare() {
    local name=$1 best_now=1e9 best_then=1e9 t
    shift
    for _ in $(seq "$rounds"); do
        t=$(seconds "$base" "$@"); best_then=$(awk -v a="$t" -v b="$best_then" 'BEGIN { print a < b ? a : b }')
        t=$(seconds . "$@"); best_now=$(awk -v a="$t" -v b="$best_now" 'BEGIN { print a < b ? a : b }')
    done
    awk -v n="$name" -v a="$best_then" -v b="$best_now" 'BEGIN { printf "| %s | %.2f s | %.2f s | %.2f |\n", n, a, b, b / a }'
}

csharp() { compare "$1" bench/Toil.Bench/bin/Release/net10.0/Toil.Bench --jobStore "$work/store" --defaultMemory 10Mi --defaultDisk 1Mi --disableProgress "${@:2}"; }
script() { compare "$1" pwsh -NoProfile -NonInteractive -File bench/Shapes.ps1 -JobStore "$work/store" "${@:2}"; }

echo "| workflow | $(git rev-parse --short "$commit") | now | ratio |"
echo '|---|---|---|---|'
csharp 'one C# job' --shape Hello
csharp 'fan-out of 10,000 C# jobs' --shape FanOut --jobs 10000
csharp 'fan-out of 100,000 inline jobs' --shape FanOut --jobs 100000 --inline
csharp 'chain of 1,000 C# jobs' --shape Chain --jobs 1000
if type -P pwsh > /dev/null; then
    script 'one scriptblock' -Shape Hello
    script 'fan-out of 1,000 scriptblocks' -Shape FanOut -Jobs 1000
    script 'binary strings, depth 6, scriptblocks' -Shape BinaryStrings -Jobs 6
    script '100 scriptblocks write 10 MB each, 100 read them' -Shape Files -Jobs 100
fi
