#!/usr/bin/env bash
# Prints how long workflows take through a real Slurm of two nodes on this machine, beside Toil for Python on the same one when it is installed;
# and what a leader needs with very many jobs. Usage: bench/slurm.sh [JOBS [BOTH]]      1,000 jobs unless said otherwise, and 100 for the comparison,
# since the peer takes seconds for each; needs root, slurm-wlm and munge
set -euo pipefail
cd "$(dirname "$0")/.."
jobs=${1:-1000}
both=${2:-100}
work=$(mktemp -d "${TMPDIR:-/tmp}/toil-slurm-bench.XXXXXX")
# munged wants to see where it is.
chmod a+x "$work"
export SLURM_CONF=$work/slurm/slurm.conf
cluster=tests/Integration/Grid/slurm-cluster.sh
trap '$cluster stop "$work/slurm"; rm -rf "$work"' EXIT
dotnet publish bench/Toil.Bench -c Release -p:ToilPublish=true -o "$work/bench" -v q --nologo > /dev/null
dotnet publish src/Toil.Cli -c Release -p:ToilPublish=true -o "$work/toil" -v q --nologo > /dev/null
MIN_JOB_AGE=30 MAX_JOBS=200000 $cluster start "$work/slurm"
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
theirs() { run "$1, Toil $(toil --version 2> /dev/null)" "$(head -n 1 "$(type -P toil)" | tr -d "#!")" "$work/noops.py" "$work/store" --batchSystem slurm --statePollingWait 1 --jobs "$2" --workDir "$work" --logCritical --disableProgress; }

cat > "$work/echo.cwl" << 'END'
cwlVersion: v1.2
class: CommandLineTool
baseCommand: echo
inputs: {message: {type: string, inputBinding: {position: 1}}}
outputs: {out: {type: stdout}}
END

# held JOBS ARGUMENTS...: the leader's memory while so many jobs wait for a scheduler that starts none.
held() {
    local leader
    rm -rf "$work/store"
    "$work/bench/Toil.Bench" --jobStore "$work/store" --batchSystem slurm --disableProgress --shape Waiting --jobs "$1" --slurmArgs=--hold "${@:2}" > "$work/out" 2>&1 &
    leader=$!
    sleep 45
    awk '/VmHWM|VmRSS/ { printf "%s %.0f MiB ", $1, $2 / 1024 }' "/proc/$leader/status"
    kill -KILL "$leader"
    scancel --user=root
}

echo "Load: $(cut -d ' ' -f 1-3 /proc/loadavg)"
echo '| workflow | wall time | submissions |'
echo '|---|---|---|'
ours 'one no-op job' --shape Hello
ours "$both no-op jobs" --shape FanOut --jobs "$both"
ours "$jobs no-op jobs" --shape FanOut --jobs "$jobs"
ours "$jobs no-op jobs, --coalesceTime 10m" --shape FanOut --jobs "$jobs" --coalesceTime 10m
ours "$jobs no-op jobs, --pilots 2" --shape FanOut --jobs "$jobs" --pilots 2 --pilotAddress 127.0.0.1
ours "$((jobs * 10)) no-op jobs, --pilots 2" --shape FanOut --jobs "$((jobs * 10))" --pilots 2 --pilotAddress 127.0.0.1
run 'one CWL echo, here' "$work/toil/toil" cwl --quiet --batchSystem slurm --jobStore "$work/store" --defaultMemory 400Mi --outdir "$work" "$work/echo.cwl" --message hello
if type -P toil > /dev/null; then
    theirs 'one no-op job below another' 1
    theirs "$both no-op jobs" "$both"
    run "one CWL echo, Toil" toil-cwl-runner --batchSystem slurm --statePollingWait 1 --defaultMemory 400Mi --workDir "$work" --jobStore "$work/store" --outdir "$work" "$work/echo.cwl" --message hello
fi
echo
echo "Leader with 100,000 jobs that wait for pilots: $(held 100000 --pilots 1 --pilotAddress 127.0.0.1)"
echo "Leader with 100,000 jobs that wait at Slurm: $(held 100000)"
rm -rf "$work/store"
"$work/bench/Toil.Bench" --jobStore "$work/store" --clean never --disableProgress --shape FanOut --jobs 150000 --inline True > "$work/out"
start=$(date +%s.%N)
"$work/toil/toil" status "$work/store" > "$work/out"
awk -v a="$start" -v b="$(date +%s.%N)" 'BEGIN { printf "Status of a workflow with 150,000 jobs: %.1f s\n", b - a }'
echo "Load: $(cut -d ' ' -f 1-3 /proc/loadavg)"
