#!/usr/bin/env bash
# A Grid Engine of one host on this machine, for tests. Everything of it stands in DIR. It listens on all addresses, so it lives in a network namespace of its own.
#
#   gridengine-cluster.sh start DIR     afterwards DIR/bin has the client commands, which enter the namespace by themselves
#   gridengine-cluster.sh stop DIR
#
# Needs root, ip, unshare, sge_qmaster and sge_execd.
set -euo pipefail

action=$1
dir=$(mkdir -p "$2" && cd "$2" && pwd)
space=toil-$(basename "$dir" | tr -c -d 'A-Za-z0-9' | tail -c 10)
host=gehost
export SGE_ROOT=$dir/root SGE_CELL=default SGE_QMASTER_PORT=16444 SGE_EXECD_PORT=16445
system=/var/lib/gridengine
binaries=/usr/lib/gridengine
common=$SGE_ROOT/$SGE_CELL/common

# inside COMMAND...: in the namespaces, where the host has a name of its own.
inside() { ip netns exec "$space" unshare --uts bash -c 'hostname "$0"; exec "$@"' "$host" "$@"; }

make_space() {
    mkdir -p "/etc/netns/$space"
    { echo "127.0.0.1 $host"; echo '127.0.0.1 localhost'; } > "/etc/netns/$space/hosts"
    ip netns add "$space"
    ip -n "$space" link set lo up
}

write_root() {
    mkdir -p "$common" "$dir/spool/qmaster/job_scripts" "$dir/spool/execd" "$dir/spooldb" "$dir/bin"
    for part in util bin lib utilbin; do ln -sfn "$system/$part" "$SGE_ROOT/$part"; done
    cat > "$common/bootstrap" << END
admin_user root
default_domain none
ignore_fqdn true
spooling_method berkeleydb
spooling_lib libspoolb
spooling_params $dir/spooldb
binary_path /usr/sbin
qmaster_spool_dir $dir/spool/qmaster
security_mode none
listener_threads 2
worker_threads 2
scheduler_threads 1
END
    echo "$host" > "$common/act_qmaster"
    sed -e "s|^execd_spool_dir.*|execd_spool_dir $dir/spool/execd|" -e 's/^min_uid.*/min_uid 0/' -e 's/^min_gid.*/min_gid 0/' \
        -e 's/^load_report_time.*/load_report_time 00:00:02/' \
        -e 's/^reporting_params.*/reporting_params accounting=true reporting=false flush_time=00:00:01 accounting_flush_time=00:00:00 joblog=false sharelog=00:00:00/' \
        /usr/share/gridengine/default-configuration > "$dir/configuration"
    "$binaries/spoolinit" berkeleydb libspoolb "$dir/spooldb" init > /dev/null
    resources=/usr/share/gridengine/util/resources
    "$binaries/spooldefaults" configuration "$dir/configuration" > /dev/null
    "$binaries/spooldefaults" complexes "$resources/centry" > /dev/null
    "$binaries/spooldefaults" usersets "$resources/usersets" > /dev/null
    "$binaries/spooldefaults" managers root > /dev/null
    for program in qsub qstat qdel qacct qconf qhost qmod qalter qrls qhold; do
        printf '#!/bin/bash\nexport SGE_ROOT=%q SGE_CELL=default SGE_QMASTER_PORT=%q SGE_EXECD_PORT=%q\nexec ip netns exec %q unshare --uts bash -c '\''hostname "$0"; exec "$@"'\'' %q %q "$@"\n' \
            "$SGE_ROOT" "$SGE_QMASTER_PORT" "$SGE_EXECD_PORT" "$space" "$host" "/usr/bin/$program" > "$dir/bin/$program"
        chmod +x "$dir/bin/$program"
    done
}

configure() {
    local qconf=$dir/bin/qconf
    "$qconf" -as "$host" > /dev/null
    printf 'hostname %s\nload_scaling NONE\ncomplex_values NONE\nuser_lists NONE\nxuser_lists NONE\nprojects NONE\nxprojects NONE\nusage_scaling NONE\nreport_variables NONE\n' "$host" > "$dir/host"
    "$qconf" -Ae "$dir/host" > /dev/null 2>&1 || "$qconf" -Me "$dir/host" > /dev/null
    printf 'pe_name smp\nslots 999\nuser_lists NONE\nxuser_lists NONE\nstart_proc_args NONE\nstop_proc_args NONE\nallocation_rule $pe_slots\ncontrol_slaves FALSE\njob_is_first_task TRUE\nurgency_slots min\naccounting_summary FALSE\nqsort_args NONE\n' > "$dir/pe"
    "$qconf" -Ap "$dir/pe" > /dev/null
    "$qconf" -sq 2> /dev/null | sed -e 's/^qname.*/qname all.q/' -e "s/^hostlist.*/hostlist $host/" -e 's/^pe_list.*/pe_list smp/' -e 's/^load_thresholds.*/load_thresholds NONE/' \
        -e 's/^slots.*/slots 8/' -e 's/^shell_start_mode.*/shell_start_mode unix_behavior/' > "$dir/queue"
    "$qconf" -Aq "$dir/queue" > /dev/null
    "$qconf" -ssconf | sed -e 's/^schedule_interval.*/schedule_interval 0:0:1/' -e 's/^flush_submit_sec.*/flush_submit_sec 1/' -e 's/^flush_finish_sec.*/flush_finish_sec 1/' \
        -e 's/^schedd_job_info.*/schedd_job_info true/' > "$dir/scheduler"
    "$qconf" -Msconf "$dir/scheduler" > /dev/null
}

case $action in
    start)
        make_space
        write_root
        inside sge_qmaster > "$dir/start.log" 2>&1
        for _ in $(seq 100); do "$dir/bin/qconf" -sh > /dev/null 2>&1 && break; sleep 0.1; done
        configure
        inside sge_execd >> "$dir/start.log" 2>&1
        for _ in $(seq 150); do
            if "$dir/bin/qstat" -f 2> /dev/null | awk '$1 ~ /^all.q@/ && $4 != "-NA-" && NF == 5 { found = 1 } END { exit !found }'; then exit 0; fi
            sleep 0.1
        done
        echo "Grid Engine in $dir didn't get ready." >&2
        cat "$dir/start.log" "$dir"/spool/qmaster/messages >&2
        exit 1
        ;;
    stop)
        timeout 10 "$dir/bin/qdel" -f -u '*' > /dev/null 2>&1 || true
        timeout 10 "$dir/bin/qconf" -ke all > /dev/null 2>&1 || true
        timeout 10 "$dir/bin/qconf" -km > /dev/null 2>&1 || true
        for pid in $(ip netns pids "$space" 2> /dev/null); do kill -KILL "$pid" 2> /dev/null || true; done
        ip netns delete "$space" 2> /dev/null || true
        rm -rf "/etc/netns/$space"
        ;;
    *)
        echo "There is no action '$action'." >&2
        exit 2
        ;;
esac
