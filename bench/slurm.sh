#!/usr/bin/env bash
# Prints how long workflows take through a real Slurm of two nodes on this machine, beside Toil for Python on the same one when it is installed.
# Usage: bench/slurm.sh [JOBS]      1,000 jobs unless said otherwise; needs root, slurm-wlm and munge
set -euo pipefail
cd "$(dirname "$0")/.."
jobs=${1:-1000}
work=$(mktemp -d "${TMPDIR:-/tmp}/toil-slurm-bench.XXXXXX")
# munged wants to see where it is.
chmod a+x "$work"
export SLURM_CONF=$work/slurm/slurm.conf
cluster=tests/Integration/Grid/slurm-cluster.sh
trap '$cluster stop "$work/slurm"; rm -rf "$work"' EXIT
dotnet publish bench/Toil.Bench -c Release -p:ToilPublish=true -o "$work/bench" -v q --nologo > /dev/null
MIN_JOB_AGE=30 $cluster start "$work/slurm"
# Counts submissions, ours and the peer's.
mkdir "$work/bin"
printf '#!/bin/sh\necho >> %s/submissions\nexec %s "$@"\n' "$work" "$(type -P sbatch)" > "$work/bin/sbatch"
chmod +x "$work/bin/sbatch"
export PATH=$work/bin:$PATH

# run NAME COMMAND...: wall time and submissions of one run.
run() {
    local name=$1 start
    shift
    rm -rf "$work/store" "$work/submissions"
    : > "$work/submissions"
    start=$(date +%s.%N)
    if "$@" > "$work/out" 2>&1; then
        awk -v n="$name" -v a="$start" -v b="$(date +%s.%N)" -v s="$(wc -l < "$work/submissions")" 'BEGIN { printf "| %s | %.1f s | %d |\n", n, b - a, s }'
    else
        tail -5 "$work/out" >&2
        echo "| $name | failed | |"
    fi
}

ours() { run "$1, here" "$work/bench/Toil.Bench" --jobStore "$work/store" --batchSystem slurm --defaultMemory 400Mi --defaultDisk 1Mi --disableProgress "${@:2}"; }

cat > "$work/noops.py" << 'END'
import sys
from toil.common import Toil
from toil.job import Job
def nothing(job): pass
def fan(job, count):
    for _ in range(count): job.addChildJobFn(nothing, cores=1, memory="400Mi", disk="1Mi")
if __name__ == "__main__":
    parser = Job.Runner.getDefaultArgumentParser()
    parser.add_argument("--jobs", type=int)
    options = parser.parse_args()
    with Toil(options) as toil: toil.start(Job.wrapJobFn(fan, options.jobs, cores=1, memory="400Mi", disk="1Mi"))
END
theirs() { run "$1, Toil $(toil --version 2> /dev/null)" "$(head -n 1 "$(type -P toil)" | tr -d "#!")" "$work/noops.py" "$work/store" --batchSystem slurm --jobs "$2" --workDir "$work" --logCritical --disableProgress; }

echo '| workflow | wall time | submissions |'
echo '|---|---|---|'
ours 'one no-op job' --shape Hello
ours "$jobs no-op jobs" --shape FanOut --jobs "$jobs"
if type -P toil > /dev/null; then
    theirs 'one no-op job below another' 1
    theirs "$jobs no-op jobs" "$jobs"
fi
