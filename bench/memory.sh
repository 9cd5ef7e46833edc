# shellcheck shell=bash
# Sourced by bench/run: the rows that measure memory, of what stays beside containers and of the resident planner.
# shellcheck disable=SC2154,SC2034 # bench/run, place.sh, subjects.sh and rows.sh set and read the rest

# PSS is a process's own memory and its share of what it has in common with others, in KiB.
pss_of() { awk '/^Pss:/ { print $2 }' "/proc/$1/smaps_rollup"; }
parent_of() { awk '/^PPid:/ { print $2 }' "/proc/$1/status"; }
status_of() { awk -v key="$2:" '$1 == key { print $2 }' "/proc/$1/status"; }

monitored=()
remove_monitored() {
  ((${#monitored[@]} == 0)) || "$belljar" rm -f "${monitored[@]}" >>"$log" 2>&1 </dev/null || true
  monitored=()
  remove_shims
}

measure_monitor() {
  local view=${views[0]} i pid name pids=() own_pids=()
  about rounds "$monitors containers of each at once, once"
  for ((i = 1; i <= monitors; i++)); do
    name=$own-monitor-$i
    monitored+=("$name")
    "$belljar" run --detach --name "$name" --rootfs "$bundle/rootfs" -- /bin/sleep 100000 >>"$log" 2>&1 </dev/null ||
      fail "belljar run -d failed, see $log"
  done
  describe "$view" monitor "$belljar" run --detach --name c1 --rootfs "$bundle/rootfs" -- /bin/sleep 100000
  measure_conmon "$view"
  measure_shim "$view"
  sleep 1
  for name in "${monitored[@]}"; do
    pid=$("$belljar" inspect --format '{{.State.Pid}}' "$name")
    pids+=("$(parent_of "$pid")")
    own_pids+=("$pid")
  done
  for ((i = 0; i < ${#pids[@]}; i++)); do
    sample "$view" monitor pss KiB "$i" "$(pss_of "${pids[i]}")"
    # The launcher runs from a copy in memory, whose pages count as no process's until they are touched.
    sample "$view" monitor program KiB "$i" "$(($(stat -L -c '%b' "/proc/${pids[i]}/exe") / 2))"
    sample "$view" monitor container KiB "$i" "$(pss_of "${own_pids[i]}")"
  done
  for pid in "${conmons[@]}"; do sample "$view" conmon pss KiB 0 "$(pss_of "$pid")"; done
  for pid in "${shims[@]}"; do sample "$view" shim pss KiB 0 "$(pss_of "$pid")"; done
  remove_monitored
  remove_containers
}

conmons=()
measure_conmon() { # VIEW
  local i id base=() options
  conmons=()
  command -v conmon >/dev/null || return 0
  runtime_of "$1" runc
  for ((i = 1; i <= monitors; i++)); do
    id=$own-$1-runc-c$i
    options=(--cid "$id" --cuuid "$id" --name "$id" --runtime "$(command -v runc)" --runtime-arg "--root=$state/runc-$1"
      --bundle "$bundle/$1-sleep" --container-pidfile "$state/c$i.pid" --conmon-pidfile "$state/m$i.pid"
      --log-path "k8s-file:$state/c$i.log" --exit-dir "$state"
      --socket-dir-path "$state")
    conmon "${options[@]}" >>"$log" 2>&1 </dev/null || break
    # It leaves before its child has made the container.
    for _ in {1..100}; do
      [[ ! -s $state/c$i.pid || ! -s $state/m$i.pid ]] || break
      sleep 0.1
    done
    "${base[@]}" start "$id" >>"$log" 2>&1 || break
    conmons+=("$(cat "$state/m$i.pid")")
  done
  ((${#conmons[@]} == monitors)) || {
    say "conmon fails and is left out, see $log"
    conmons=()
    return
  }
  describe "$1" conmon conmon "${options[@]}"
}

# containerd, for its shims alone: in a directory of its own, without its interface for Kubernetes.
shims=() shim_litter=()
measure_shim() { # VIEW
  local i pid
  shims=()
  command -v containerd >/dev/null && command -v ctr >/dev/null || return 0
  mkdir -p "$state/engine"
  # What shims and clients make there whatever they are told.
  shim_litter=()
  [[ -e /run/containerd ]] || shim_litter=(/run/containerd/{fifo,runc,s} /run/containerd)
  cat >"$state/engine/config.toml" <<<'disabled_plugins = ["io.containerd.grpc.v1.cri"]'
  # In a session of its own, so that Ctrl-C leaves it to end the shims.
  setsid containerd --config "$state/engine/config.toml" --root "$state/engine/root" --state "$state/engine/state" \
    --address "$state/engine/socket" >>"$log" 2>&1 </dev/null &
  engine_pid=$!
  for _ in {1..100}; do
    ! ctr --address "$state/engine/socket" version >>"$log" 2>&1 || break
    sleep 0.2
  done
  for ((i = 1; i <= monitors; i++)); do
    ctr --address "$state/engine/socket" --namespace "$own" run --detach --fifo-dir "$state/engine/fifo" \
      --runc-root "$state/engine/runc" --rootfs "$bundle/rootfs" "s$i" /bin/sleep 100000 >>"$log" 2>&1 </dev/null ||
      break
  done
  for pid in $(pgrep -f -- "-namespace $own -id s"); do shims+=("$pid"); done
  ((${#shims[@]})) || {
    say "containerd's shim fails and is left out, see $log"
    return 0
  }
  describe "$1" shim ctr run --detach --rootfs "$bundle/rootfs" s1 /bin/sleep 100000
}

remove_shims() {
  local id group
  [[ -n $engine_pid ]] || return 0
  for id in $(ctr --address "$state/engine/socket" --namespace "$own" container list -q 2>>"$log"); do
    ctr --address "$state/engine/socket" --namespace "$own" task delete --force "$id" >>"$log" 2>&1 || true
    ctr --address "$state/engine/socket" --namespace "$own" container delete "$id" >>"$log" 2>&1 || true
  done
  for _ in {1..50}; do
    pgrep -f -- "-namespace $own -id s" >/dev/null || break
    sleep 0.1
  done
  kill "$engine_pid" 2>/dev/null || true
  wait "$engine_pid" 2>/dev/null || true
  engine_pid=
  for group in "${shim_litter[@]}"; do
    [[ ! -d $group ]] || rmdir "$group" 2>>"$log" || true
  done
  for group in /sys/fs/cgroup/"$own" /sys/fs/cgroup/*/"$own"; do
    [[ ! -d $group ]] || rmdir "$group" 2>>"$log" || true
  done
}

# An idle planner may give memory back: it is looked at when it had time to.
readonly idle_seconds=6

measure_planner() {
  local view=${views[0]} base=() steps=() metrics='' done_so_far=0 pid
  stop_planners
  run_steps "$view" belljar
  describe "$view" belljar "${steps[@]}"
  about x containers
  about rounds "$planner_first containers, then $planner_more more, one after the other"
  while ((done_so_far < planner_first + planner_more)); do
    drive 100 /dev/null 0 "$view" belljar || fail "belljar failed, see $log"
    done_so_far=$((done_so_far + 100))
    pid=$(planner_of "$view")
    [[ -n $pid ]] || fail "the planner has gone"
    look_at_planner "$( ((done_so_far < planner_first)) && echo early || echo memory)" "$done_so_far"
    ((done_so_far == planner_first || done_so_far == planner_first + planner_more)) || continue
    sleep "$idle_seconds" &
    wait $!
    sample "$view" belljar idle MB "$done_so_far" "$(memory_of "$pid" VmRSS)"
    # Pages of files, such as the JDK's, are there once for all JVMs.
    sample "$view" belljar idle-anonymous MB "$done_so_far" "$(memory_of "$pid" RssAnon)"
    sample "$view" belljar idle-files MB "$done_so_far" "$(memory_of "$pid" RssFile)"
  done
}

memory_of() { awk -v key="$2:" '$1 == key { printf "%.1f", $2 * 1024 / 1e6 }' "/proc/$1/status"; }

# look_at_planner METRIC X: its memory, descriptors and threads at this moment; of $view and $pid.
look_at_planner() {
  local descriptors=("/proc/$pid/fd"/*)
  sample "$view" belljar "$1" MB "$2" "$(memory_of "$pid" VmRSS)"
  sample "$view" belljar descriptors '' "$2" "${#descriptors[@]}"
  sample "$view" belljar threads '' "$2" "$(status_of "$pid" Threads)"
}
