#!/usr/bin/env bash
# A Slurm cluster of two nodes on this machine, for tests and measurements. Everything of it stands in DIR and listens on 127.0.0.1 only.
#
#   slurm-cluster.sh start DIR      prints nothing; afterwards DIR/slurm.conf is what SLURM_CONF must name
#   slurm-cluster.sh stop DIR
#   slurm-cluster.sh controller DIR start|stop|restart
#   slurm-cluster.sh node DIR NAME start|stop|kill
#
# Needs root, munged, slurmctld and slurmd. PORT is the first of ten ports that it uses, 16817 unless set.
set -euo pipefail

action=$1
dir=$(mkdir -p "$2" && cd "$2" && pwd)
export SLURM_CONF=$dir/slurm.conf PATH=$PATH:/usr/sbin:/sbin
port=${PORT:-16817}

write_configuration() {
    cat > "$SLURM_CONF" << END
ClusterName=toiltest
SlurmctldHost=localhost(127.0.0.1)
SlurmctldPort=$port
SlurmUser=root
SlurmdUser=root
AuthType=auth/munge
AuthInfo=socket=$dir/munge/socket
CommunicationParameters=NoInAddrAny,NoCtldInAddrAny
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU_Memory
JobAcctGatherType=jobacct_gather/linux
JobAcctGatherFrequency=2
JobAcctGatherParams=OverMemoryKill
AccountingStorageType=accounting_storage/none
JobCompType=jobcomp/none
MpiDefault=none
ReturnToService=2
KillWait=2
SlurmdTimeout=${SLURMD_TIMEOUT:-10}
MinJobAge=${MIN_JOB_AGE:-300}
MaxJobCount=${MAX_JOBS:-10000}
SlurmdParameters=config_overrides
SchedulerParameters=sched_interval=1,batch_sched_delay=0,bf_interval=1,sched_min_interval=0
StateSaveLocation=$dir/state
SlurmdSpoolDir=$dir/spool/%n
SlurmctldPidFile=$dir/slurmctld.pid
SlurmdPidFile=$dir/slurmd-%n.pid
SlurmctldLogFile=$dir/slurmctld.log
SlurmdLogFile=$dir/slurmd-%n.log
NodeName=n1 NodeHostname=localhost NodeAddr=127.0.0.1 Port=$((port + 1)) CPUs=4 RealMemory=8000 TmpDisk=10000
NodeName=n2 NodeHostname=localhost NodeAddr=127.0.0.1 Port=$((port + 2)) CPUs=4 RealMemory=8000 TmpDisk=10000
PartitionName=debug Nodes=ALL Default=YES DefMemPerCPU=500 MaxTime=INFINITE
PartitionName=spare Nodes=ALL DefMemPerCPU=500 MaxTime=INFINITE
END
}

end() {
    local file=$1 signal=${2:-TERM} pid
    [ -s "$file" ] || return 0
    pid=$(cat "$file")
    kill "-$signal" "$pid" 2> /dev/null || return 0
    for _ in $(seq 100); do
        kill -0 "$pid" 2> /dev/null || return 0
        sleep 0.05
    done
    kill -KILL "$pid" 2> /dev/null || true
}

# Idle, or at work already: a node that comes back finds its jobs.
wait_for_nodes() {
    for _ in $(seq 200); do
        if [ "$(timeout 5 sinfo --noheader --Node --partition=debug --format=%T 2> /dev/null | grep -c -E '^(idle|mixed|allocated|completing)$')" -ge "$1" ]; then return; fi
        sleep 0.05
    done
    echo "The cluster in $dir didn't get ready." >&2
    tail -n 20 "$dir"/*.log >&2
    return 1
}

case $action in
    start)
        mkdir -p "$dir/munge" "$dir/state" "$dir/spool/n1" "$dir/spool/n2"
        chmod a+rx "$dir"
        dd if=/dev/urandom of="$dir/munge.key" bs=1024 count=1 2> /dev/null
        chown munge: "$dir/munge.key" "$dir/munge"
        chmod 400 "$dir/munge.key"
        chmod 755 "$dir/munge"
        runuser -u munge -- munged --force --key-file="$dir/munge.key" --socket="$dir/munge/socket" --pid-file="$dir/munge/pid" \
            --log-file="$dir/munge/log" --seed-file="$dir/munge/seed" > "$dir/munged.log" 2>&1 || { cat "$dir/munged.log" >&2; exit 1; }
        write_configuration
        slurmctld -c > /dev/null 2>&1
        slurmd -N n1 > /dev/null 2>&1
        slurmd -N n2 > /dev/null 2>&1
        wait_for_nodes 2
        ;;
    stop)
        timeout 10 scancel --user=root > /dev/null 2>&1 || true
        for file in slurmd-n1.pid slurmd-n2.pid slurmctld.pid munge/pid; do end "$dir/$file"; done
        ;;
    controller)
        case $3 in
            stop) end "$dir/slurmctld.pid" ;;
            start) slurmctld > /dev/null 2>&1 ;;
            restart) end "$dir/slurmctld.pid"; slurmctld > /dev/null 2>&1 ;;
        esac
        ;;
    node)
        case $4 in
            stop) end "$dir/slurmd-$3.pid" ;;
            kill) end "$dir/slurmd-$3.pid" KILL ;;
            start) slurmd -N "$3" > /dev/null 2>&1; wait_for_nodes 2 ;;
        esac
        ;;
    *)
        echo "There is no action '$action'." >&2
        exit 2
        ;;
esac
