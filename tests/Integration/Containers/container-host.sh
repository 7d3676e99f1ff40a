#!/usr/bin/env bash
# Docker or podman with images of its own, cut off from the rest of the machine: for tests and measurements.
#
#   container-host.sh docker|podman DIR IMAGE...    prints "ready" when it is; ends when its standard input does
#
# Afterwards docker answers at DIR/docker.sock, and DIR/bin/podman is podman. All images hold the same programs of this
# machine; those called bash:* have the entrypoint of theirs. Containers reach one "Internet": a server that answers to every
# name. Everything runs in namespaces that end with this script, so that nothing of it stays whatever kills it.
# Needs root, unshare and nsenter (util-linux), ip (iproute2), python3, and dockerd with runc (docker.io) or podman with runc.
set -euo pipefail

if [ -z "${CONTAINER_HOST_INSIDE:-}" ]; then
    CONTAINER_HOST_INSIDE=1 exec unshare --net --mount --pid --fork --kill-child -- "$BASH" "$0" "$@"
fi

engine=$1 dir=$2
shift 2
here=$(cd "$(dirname "$0")" && pwd)
export PATH=$PATH:/usr/sbin:/sbin
gateway=172.31.255.1

fail() {
    echo "$1" >&2
    cat "$dir"/*.log >&2 2> /dev/null || true
    exit 1
}

# until_ready COMMAND...: waits for what no event tells.
until_ready() {
    for _ in $(seq 600); do
        if "$@" > /dev/null 2>&1; then return; fi
        sleep 0.05
    done
    fail "$engine didn't get ready: $*"
}

# The programs that the tests' containers use, with the libraries that they need.
write_root() {
    local root=$1 program file
    mkdir -p "$root"/usr/{bin,lib,lib64} "$root"/{etc,tmp,var/tmp,var/lib,var/spool,root,proc,sys,dev,home,usr/local/bin}
    chmod 1777 "$root/tmp" "$root/var/tmp"
    for program in bin lib lib64; do ln -s "usr/$program" "$root/$program"; done
    for program in '[' awk basename bash cat chmod chown cp cut date diff dirname echo env expr false find grep gzip head hostname id ln ls \
        md5sum mkdir mv nproc od perl printf pwd python3 readlink rev rm sed seq sh sha1sum sleep sort stat tail tar tee test touch tr true uname uniq wc xargs; do
        [ -x "/usr/bin/$program" ] || continue
        cp -L "/usr/bin/$program" "$root/usr/bin/$program"
        for file in $(ldd "/usr/bin/$program" 2> /dev/null | grep -o '/[^ ]*'); do
            mkdir -p "$root$(dirname "$file")"
            cp -L -n "$file" "$root$file"
        done
    done
    ln -s python3 "$root/usr/bin/python"
    file=$(/usr/bin/python3 -c 'import os; print(os.path.dirname(os.__file__))')
    mkdir -p "$root$file"
    tar -C "$file" --exclude 'config-*' --exclude dist-packages --exclude test -c . | tar -C "$root$file" -x
    # As in the image of bash: options without a program are bash's own.
    printf '#!/bin/bash\ncase "$1" in -*) set -- bash "$@" ;; esac\nexec "$@"\n' > "$root/usr/local/bin/docker-entrypoint.sh"
    chmod a+x "$root/usr/local/bin/docker-entrypoint.sh"
    printf 'root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534:nobody:/:/bin/sh\n' > "$root/etc/passwd"
    printf 'root:x:0:\nnogroup:x:65534:\n' > "$root/etc/group"
}

start_docker() {
    dockerd -H "unix://$dir/docker.sock" --data-root "$dir/data" --exec-root "$dir/exec" -p "$dir/dockerd.pid" \
        --iptables=false --ip6tables=false --ip-masq=false --bip "$gateway/24" --dns "$gateway" > "$dir/dockerd.log" 2>&1 < /dev/null &
    client=(docker -H "unix://$dir/docker.sock")
    until_ready "${client[@]}" info
}

start_podman() {
    cat > "$dir/containers.conf" << END
[containers]
netns = "host"
dns_servers = ["$gateway"]
default_ulimits = ["nofile=10000:10000", "nproc=10000:10000"]
[engine]
runtime = "runc"
cgroup_manager = "cgroupfs"
events_logger = "file"
END
    podman=$(type -P podman)
    mkdir "$dir/bin"
    cat > "$dir/bin/podman" << END
#!/bin/sh
exec nsenter --target $outside --net --mount --pid --wd -- env CONTAINERS_CONF=$dir/containers.conf \\
    $podman --root $dir/data --runroot $dir/run "\$@"
END
    client=(env "CONTAINERS_CONF=$dir/containers.conf" "$podman" --root "$dir/data" --runroot "$dir/run")
    until_ready "${client[@]}" info
    chmod a+x "$dir/bin/podman"
    ip address add "$gateway/32" dev lo
}

import() {
    local image
    write_root "$dir/root"
    tar -C "$dir/root" -cf "$dir/root.tar" .
    "${client[@]}" import "$dir/root.tar" toil/programs > /dev/null 2>> "$dir/import.log"
    "${client[@]}" import --change 'ENTRYPOINT ["docker-entrypoint.sh"]' --change 'CMD ["bash"]' --change 'ENV PATH=/usr/local/bin:/usr/bin:/bin' \
        "$dir/root.tar" toil/bash > /dev/null 2>> "$dir/import.log"
    rm -r "$dir/root" "$dir/root.tar"
    for image in "$@"; do
        case $image in
            bash:* | */bash:*) "${client[@]}" tag toil/bash "$image" ;;
            *) "${client[@]}" tag toil/programs "$image" ;;
        esac
    done
}

# What this process is called outside.
read -r outside _ < /proc/self/stat
mount -t proc proc /proc
ip link set lo up
trap 'rm -rf "$dir"' EXIT
mkdir -p "$dir"
"start_$engine"
import "$@" || fail "the images can't be made"
/usr/bin/python3 "$here/internet.py" "$gateway" > "$dir/internet.log" 2>&1 < /dev/null &
until_ready /usr/bin/python3 -c "import urllib.request; urllib.request.urlopen('http://$gateway')"
echo ready

# Whoever started this has closed its end, or is no more.
cat > /dev/null
if [ "$engine" = docker ]; then
    kill "$(cat "$dir/dockerd.pid")" && tail --pid="$(cat "$dir/dockerd.pid")" -f /dev/null
else
    "${client[@]}" rm --all --force > /dev/null 2>&1
fi
