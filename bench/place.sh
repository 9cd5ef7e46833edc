# shellcheck shell=bash
# Sourced by bench/run: a place of its own to measure in, and leaving it as it was found.
#
# Sets, for the rows: state, own, bundle, views, and what the functions below say.
# shellcheck disable=SC2154,SC2034 # bench/run and bench/rows.sh set and read the rest

# --- a place of our own -------------------------------------------------------------------------------------------

# State is where runtimes keep it, in memory: /run, or where that is on a disk, /dev/shm. The path has to be short, as
# a socket's name has to fit.
is_tmpfs() { [[ $(stat -f -c %T "$1" 2>/dev/null) == tmpfs ]]; }
state_parent=/run
is_tmpfs /run || ! is_tmpfs /dev/shm || state_parent=/dev/shm
state=$(mktemp -d "$state_parent/bjbench.XXXXXX")
export BELLJAR_RUNTIME_DIR=$state
# The names of all containers and cgroups begin with this.
own=bjbench-$$
bundle=$out/bundle
view_in='' view_out='' view_pid='' enabled='' current='' engine_pid=''
declare -a enter=()

# attend COMMAND...: runs it so that a signal to this script is not kept waiting until it ends.
attend() {
  local status=0
  "$@" &
  current=$!
  wait "$current" || status=$?
  current=''
  return "$status"
}

# The process ids of our planners. They are started by the launcher; ours are those that listen in our directory. The
# brackets keep grep from finding itself.
planners() {
  grep -lsa -- "$state/belljar/planner[-]" /proc/[0-9]*/cmdline | cut -d/ -f3 || true
}

# planner_of VIEW: the one that answers there; each view has its own, as it has its own mounts.
planner_of() {
  local pid place=self
  [[ $1 != v2 || -z $view_pid ]] || place=$view_pid
  for pid in $(planners); do
    if [[ $(readlink "/proc/$pid/ns/mnt") == "$(readlink "/proc/$place/ns/mnt")" ]]; then
      echo "$pid"
      return
    fi
  done
}

stop_planners() {
  local pid pids
  mapfile -t pids < <(planners)
  ((${#pids[@]})) || return 0
  kill "${pids[@]}" 2>/dev/null || true
  for pid in "${pids[@]}"; do
    timeout 20 tail --pid="$pid" -f /dev/null || true
  done
}

# Every container that a runtime has stored below our directory.
remove_containers() {
  local view subject entry base=()
  for view in "${views[@]}"; do
    for subject in belljar alone runc crun; do
      for entry in "$state/$subject-$view"/"$own"-*; do
        [[ -d $entry ]] || continue
        runtime_of "$view" "$subject"
        enter_view "$view"
        "${enter[@]}" "${base[@]}" delete --force "${entry##*/}" >>"$log" 2>&1 </dev/null ||
          echo "bench: ${entry##*/} could not be removed" >&2
      done
    done
  done
}

# What a runtime that failed left behind, and the controllers that runtimes switched on for the whole v2 tree.
restore_cgroups() {
  local group controller
  for group in /sys/fs/cgroup/"$own"-* /sys/fs/cgroup/*/"$own"-*; do
    [[ ! -d $group ]] || rmdir "$group" 2>>"$log" || echo "bench: $group could not be removed" >&2
  done
  [[ -n $view_pid ]] || return 0
  enter_view v2
  for controller in $("${enter[@]}" cat /sys/fs/cgroup/cgroup.subtree_control); do
    [[ " $enabled " == *" $controller "* ]] ||
      "${enter[@]}" sh -c "echo -$controller >/sys/fs/cgroup/cgroup.subtree_control" 2>>"$log" || true
  done
}

leave() {
  trap '' INT TERM
  if [[ -n $current ]]; then
    kill "$current" 2>/dev/null || true
    wait "$current" 2>/dev/null || true
  fi
  dismiss_library
  remove_monitored
  remove_containers
  stop_planners
  restore_cgroups
  [[ -z $view_pid ]] || exec {view_in}>&- {view_out}<&-
  rm -rf "$state" "$bundle"
}
trap leave EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# --- views: the machine's own cgroups, and pure v2 ----------------------------------------------------------------

views=(own)
if [[ $(stat -f -c %T /sys/fs/cgroup) == cgroup2fs ]]; then
  views=(v2)
else
  # It stays until we leave, also when Ctrl-C reaches it as well as us.
  coproc VIEW { exec unshare --mount --propagation private sh -c \
    'trap "" INT TERM && mount -t cgroup2 none /sys/fs/cgroup && echo "$$" && read -r _' 2>>"$log"; }
  # bash forgets a coprocess's descriptors when it ends, so keep our own.
  exec {view_out}<&"${VIEW[0]}" {view_in}>&"${VIEW[1]}"
  if read -r view_pid <&"$view_out"; then
    views+=(v2)
    enabled=$(nsenter --mount="/proc/$view_pid/ns/mnt" -- cat /sys/fs/cgroup/cgroup.subtree_control)
  else
    view_pid=
    echo "bench: cgroup2 can't be mounted here: crun and the v2 view are left out" >&2
  fi
fi

# Sets `enter` to what puts a command into a view.
enter_view() { # VIEW
  enter=()
  [[ $1 != v2 || -z $view_pid ]] || enter=(nsenter --mount="/proc/$view_pid/ns/mnt" --)
}

# The cgroups of this process, as floor takes them.
own_groups() {
  local _ root point rest options groups=
  while read -r _ _ _ root point rest; do
    options=,${rest##* },
    case $rest in
      *" - cgroup2 "*) groups+=",v2:$(group_at "$root" "$point" "")" ;;
      *" - cgroup "*)
        case $options in
          *,cpuset,*) groups+=,cpuset: ;;
          *,devices,*) groups+=,devices: ;;
          *) groups+=,v1: ;;
        esac
        groups+=$(group_at "$root" "$point" "$options")
        ;;
    esac
  done </proc/self/mountinfo
  echo "${groups#,}"
}

# group_at ROOT POINT OPTIONS: the directory of this process in the hierarchy mounted at POINT; v2 has no options.
group_at() {
  local controllers path id
  while IFS=: read -r id controllers path; do
    if [[ $id == 0 && -z $3 ]] || [[ $id != 0 && $3 == *",$controllers,"* ]]; then
      [[ $1 == / ]] || path=${path#"$1"}
      if [[ -d $2$path ]]; then
        path=$2$path
        echo "${path%/}"
        return
      fi
    fi
  done </proc/self/cgroup
  echo "$2"
}

# --- the bundles --------------------------------------------------------------------------------------------------

rm -rf "$bundle"
mkdir -p "$bundle/rootfs"/{bin,dev,proc,sys,tmp,etc}
cp "$(command -v busybox)" "$bundle/rootfs/bin/busybox"
ln -s busybox "$bundle/rootfs/bin/true"
ln -s busybox "$bundle/rootfs/bin/sleep"
chroot "$bundle/rootfs" /bin/true || fail "busybox is not static (on Debian or Ubuntu: apt-get install busybox-static)"

# make_bundle VIEW NAME COMMAND: runc's default for the view (with v2 it adds a cgroup namespace), with that command,
# a JSON list; and the same without device rules, for those who can't load them.
make_bundle() {
  local directory=$bundle/$1-$2
  mkdir "$directory" "$directory-without-rules"
  enter_view "$1"
  "${enter[@]}" runc spec --bundle "$directory"
  sed -i -e 's/"terminal": true/"terminal": false/' -e "s|\"sh\"|$3|" \
    -e "s|\"path\": \"rootfs\"|\"path\": \"$bundle/rootfs\"|" "$directory/config.json"
  # From "resources" to the end of its object: two levels in, the first line that closes it.
  sed '/^\t\t"resources": {/,/^\t\t},/d' "$directory/config.json" >"$directory-without-rules/config.json"
}
for view in "${views[@]}"; do
  make_bundle "$view" true '"/bin/true"'
  make_bundle "$view" sleep '"/bin/sleep", "100000"'
done

"${CC:-cc}" -std=gnu11 -O2 -static -o "$out/floor" bench/floor.c
"${CC:-cc}" -std=gnu11 -O2 -static -o "$out/driver" bench/driver.c
