# What the scripts of both programs have. $T is the program, $B the bench, $R a root to change to.

# A process in new namespaces, by util-linux: target OPTIONS; its pid is $P, and it ends with the script.
target() {
  /usr/bin/unshare "$@" sh -c '[ "$(readlink /proc/self/ns/uts)" = "$0" ] || hostname inside; exec sleep 100' \
    "$(readlink /proc/self/ns/uts)" < /dev/null > /dev/null 2>&1 &
  U=$!
  P=$U
  trap 'kill -9 $P $U 2> /dev/null' EXIT
  for try in $(seq 1 300); do
    child=$(cat /proc/$U/task/$U/children 2> /dev/null)
    P=${child:-$U}
    P=${P% }
    read -r comm 2> /dev/null < /proc/$P/comm
    [ "$comm" != sleep ] || return 0
    sleep 0.01
  done
  echo "no target" >&2
  exit 99
}

# Whether two processes are in the same namespace.
same() {
  [ "$(readlink /proc/$1/ns/$3)" = "$(readlink /proc/$2/ns/$3)" ] && echo same $3 || echo other $3
}

# The kinds of namespaces in which a command that prints its links differs from this shell.
others() {
  for kind in cgroup ipc mnt net pid time user uts; do
    [ "$("$@" readlink /proc/self/ns/$kind)" = "$(readlink /proc/self/ns/$kind)" ] || echo other $kind
  done
}
