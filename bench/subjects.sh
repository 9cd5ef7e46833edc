# shellcheck shell=bash
# Sourced by bench/run: who is measured, and the commands that do the work of a row.
# shellcheck disable=SC2154,SC2034 # bench/run and bench/rows.sh set and read the rest

declare -A titles=(
  [belljar]="belljar-oci, resident planner"
  [alone]="belljar-oci, no resident planner"
  [runc]="runc"
  [crun]="crun"
  [bubblewrap]="bubblewrap"
  [nsenter]="nsenter of util-linux"
  [floor]="the floor (bench/floor.c)"
  [library]="the library, in a warm JVM"
  [hello]="a JVM that says hello"
  [monitor]="belljar run -d"
  [conmon]="conmon, with runc"
  [shim]="containerd's shim, with runc"
)
# crun insists on raising its limit on locked memory before it loads device rules, which takes CAP_SYS_RESOURCE.
without_rules=

# Sets `base` to a runtime with its options before the verb; fails where it is not for this view. Each has a state
# directory of its own for each view.
runtime_of() { # VIEW SUBJECT
  case $2 in
    belljar) base=("$belljar_oci") ;;
    alone) base=(env BELLJAR_RESIDENT=0 "$belljar_oci") ;;
    runc) base=(runc) ;;
    crun)
      [[ $1 == v2 ]] || return 1
      command -v crun >/dev/null || return 1
      base=(crun)
      ;;
    *) return 1 ;;
  esac
  base+=(--root "$state/$2-$1")
}

# The bundle of a subject.
bundle_of() { # VIEW SUBJECT COMMAND
  local suffix=
  [[ $2 != crun ]] || suffix=$without_rules
  echo "$bundle/$1-$3$suffix"
}

# Whether crun can do all that the others do; else it is measured without the device rules, and its title says so.
choose_crun() {
  local base=()
  command -v crun >/dev/null || return 0
  [[ " ${views[*]} " == *" v2 "* ]] || return 0
  runtime_of v2 crun
  enter_view v2
  ! "${enter[@]}" "${base[@]}" run --bundle "$bundle/v2-true" "$own-v2-crun-0" >>"$log" 2>&1 </dev/null || return 0
  restore_cgroups
  rm -rf "$state/crun-v2"
  without_rules=-without-rules
  titles[crun]="crun, without the device rules"
}
choose_crun

# --- rows in which commands take turns ----------------------------------------------------------------------------
#
# Each sets `steps` for bench/driver.c, and `metrics`, or fails where the subject has no part in the row in this view.

run_steps() { # VIEW SUBJECT
  local base=() groups
  metrics='time'
  case $2 in
    belljar | runc | crun)
      runtime_of "$1" "$2" || return 1
      steps=("${base[@]}" run --bundle "$(bundle_of "$1" "$2" true)" "$own-$1-$2-{}")
      ;;
    bubblewrap)
      # It has no cgroups, and does no more than it is told.
      [[ $1 == "${views[0]}" ]] || return 1
      command -v bwrap >/dev/null || return 1
      steps=(bwrap --unshare-pid --unshare-net --unshare-ipc --unshare-uts --hostname runc --new-session
        --die-with-parent --ro-bind "$bundle/rootfs" / --proc /proc --dev /dev --tmpfs /dev/shm --mqueue /dev/mqueue
        --ro-bind /sys /sys --cap-drop ALL --cap-add CAP_KILL --cap-add CAP_AUDIT_WRITE
        --cap-add CAP_NET_BIND_SERVICE /bin/true)
      ;;
    floor)
      groups=v2:/sys/fs/cgroup
      [[ $1 == v2 ]] || groups=$(own_groups)
      steps=("$out/floor" "$bundle/rootfs" "$own-$1-$2-{}" "$groups" /bin/true)
      ;;
    *) return 1 ;;
  esac
}

# The container's process has ended before it is deleted, and has been waited for as a shim would; that takes no part.
lifecycle_steps() { # VIEW SUBJECT
  local base=() id="$own-$1-$2-{}" pid="$state/pid-$1-$2-{}"
  metrics=total,create,start,delete
  runtime_of "$1" "$2" || return 1
  steps=("${base[@]}" create --pid-file "$pid" --bundle "$(bundle_of "$1" "$2" true)" "$id"
    ::: "${base[@]}" start "$id" ::- await "$pid" ::: "${base[@]}" delete "$id" ::- rm "$pid")
}

exec_steps() { # VIEW SUBJECT
  local base=()
  metrics='time'
  if [[ $2 == nsenter ]]; then
    # What joining costs without a runtime, its cgroups, credentials and checks: into Belljar's container.
    steps=(nsenter --target "$(cat "$state/resting-$1-belljar-1.pid")" --mount --uts --ipc --net --pid /bin/true)
    return
  fi
  runtime_of "$1" "$2" || return 1
  steps=("${base[@]}" exec "$own-$1-$2-r1" /bin/true)
}

# A signal that sleep ignores.
query_steps() { # VIEW SUBJECT VERB
  local base=()
  metrics=$3
  [[ $1 == "${views[-1]}" ]] || return 1
  runtime_of "$1" "$2" || return 1
  case $3 in
    state) steps=("${base[@]}" state "$own-$1-$2-r1") ;;
    kill) steps=("${base[@]}" kill "$own-$1-$2-r1" WINCH) ;;
    list) steps=("${base[@]}" list) ;;
  esac
}

# --- containers that rest while something is measured -------------------------------------------------------------

# rest_containers VIEW SUBJECT COUNT: sleeping ones, with the names $own-VIEW-SUBJECT-rNUMBER.
rest_containers() {
  local base=() number
  runtime_of "$1" "$2" || return 0
  enter_view "$1"
  for ((number = 1; number <= $3; number++)); do
    attend "${enter[@]}" "${base[@]}" run --detach --pid-file "$state/resting-$1-$2-$number.pid" \
      --bundle "$(bundle_of "$1" "$2" sleep)" "$own-$1-$2-r$number" >>"$log" 2>&1 </dev/null ||
      fail "$2 can't start a detached container in the view $1, see $log"
  done
}

# --- the library, in a JVM for each view, that is told how often ----------------------------------------------------

declare -A library_pid=() library_in=() library_out=()

start_library() { # VIEW
  local input output
  mkfifo "$state/library-$1.in" "$state/library-$1.out"
  enter_view "$1"
  # Its state's place is fixed. So that it is in memory, as everybody's, it sees a tmpfs there.
  # shellcheck disable=SC2016 # the other shell's
  "${enter[@]}" unshare --mount sh -c \
    'mkdir -p /run/belljar && mount -t tmpfs -o mode=700 belljar /run/belljar && exec "$@"' sh \
    "$JAVA_HOME/bin/java" --enable-native-access=ALL-UNNAMED -XX:+UseSerialGC -cp "$distribution/lib/*" \
    "$PWD/bench/Library.java" "$bundle/rootfs" "$1" <"$state/library-$1.in" >"$state/library-$1.out" 2>>"$log" &
  library_pid[$1]=$!
  exec {input}>"$state/library-$1.in" {output}<"$state/library-$1.out"
  library_in[$1]=$input library_out[$1]=$output
}

# Has the library start this many containers.
ask_library() { # VIEW FILE COUNT X
  local answer=''
  [[ -n ${library_pid[$1]-} ]] || start_library "$1"
  echo "$3 $4 $2" >&"${library_in[$1]}"
  read -r answer <&"${library_out[$1]}" || true
  [[ $answer == "done" ]] || fail "the library failed in the view $1, see $log"
}

# Its containers end with it.
dismiss_library() {
  local view input output
  for view in "${!library_pid[@]}"; do
    kill "${library_pid[$view]}" 2>/dev/null || true
    wait "${library_pid[$view]}" 2>/dev/null || true
    input=${library_in[$view]} output=${library_out[$view]}
    exec {input}>&- {output}<&-
    rm -f "$state/library-$view".*
  done
  library_pid=()
}
