# shellcheck shell=bash
# Sourced by bench/run: how each row is measured. Samples go to $samples, a line each:
# VIEW SUBJECT METRIC UNIT X VALUE.
# shellcheck disable=SC2154,SC2034 # bench/run, place.sh and subjects.sh set and read the rest

next_number=1
samples=''

sample() { printf '%s\t%s\t%s\t%s\t%s\t%s\n' "$@" >>"$samples"; }

say() { printf 'bench: %s\n' "$*" >&2; }

# What was measured, for the page: with names instead of this run's directories.
describe() { # VIEW SUBJECT COMMAND...
  local command="${*:3}"
  command=${command//"$belljar_oci"/belljar-oci}
  command=${command//"$belljar"/belljar}
  command=${command//"$bundle"/BUNDLES}
  command=${command//"$out/"/}
  command=${command//"$state"/STATE}
  command=$(sed -E "s/$own-[^-]*-[^-]*-/c/g; "'s/ (:::|::-) / ; /g; s/(v1|v2|cpuset|devices):[^ ]*/GROUPS/; s/ ; rm [^ ]*$//' <<<"$command")
  printf '%s\t%s\t%s\t%s\n' "$1" "$2" "${titles[$2]}" "$command" >>"$results/$row/subjects.tsv"
}

# drive COUNT FILE X VIEW SUBJECT [DRIVER OPTION...]: carries out `steps` COUNT times.
drive() {
  local number=$next_number
  next_number=$((next_number + $1 + 1))
  enter_view "$4"
  attend "${enter[@]}" "$out/driver" -l "$log" -n "$1" -x "$3" -f "$number" "${@:6}" "$2" "$4" "$5" "$metrics" \
    "${steps[@]}"
}

# measure_row ROW: into a directory of its own, which replaces the one of an earlier run.
measure_row() {
  local row=$1 how=$mode began load
  rm -rf "${results:?}/$row"
  mkdir "$results/$row"
  samples=$results/$row/samples.tsv
  began=$SECONDS
  load=$(cut -d ' ' -f 1 /proc/loadavg)
  say "$row"
  "measure_$row"
  [[ $row != steady || $steady_seconds != 600 ]] || how+=" long"
  printf '%s\t%s\n' date "$(date -u +%F)" mode "$how" load "$load at the start, $(cut -d ' ' -f 1 /proc/loadavg) at \
the end" took "$((SECONDS - began)) s" >>"$results/$row/about.tsv"
}

about() { printf '%s\t%s\n' "$@" >>"$results/$row/about.tsv"; }

# --- rows in which commands take turns ----------------------------------------------------------------------------

# take_turns SUBJECT...: each in every view; VERB of a subject after a colon. Every subject must work once; one of
# another project that does not is left out, and named.
take_turns() {
  local entries=() entry view subject verb steps=() metrics='' round i
  for view in "${views[@]}"; do
    for entry; do
      IFS=: read -r subject verb <<<"$entry"
      [[ $subject == library ]] || "${row}_steps" "$view" "$subject" "$verb" || continue
      if [[ $subject == library ]]; then
        titles[library]="the library, in a JVM that has started $warm_ups"
        describe "$view" library "Isolation.start(), Container.waitFor()"
      elif drive 1 /dev/null 0 "$view" "$subject"; then
        describe "$view" "$subject" "${steps[@]}"
      elif [[ $subject == belljar || $subject == floor ]]; then
        tail -n 5 "$log" >&2
        fail "$subject fails in the view $view: ${steps[*]}"
      else
        say "$subject fails in the view $view and is left out, see $log"
        continue
      fi
      entries+=("$view $subject $verb")
    done
  done

  # A resident planner is one that has worked for a while: its JVM compiles what is used often.
  about warm-up "$warm_ups unrecorded runs of belljar-oci in this row, in each view"
  for entry in "${entries[@]}"; do
    read -r view subject verb <<<"$entry"
    [[ $subject == belljar || $subject == library ]] || continue
    turn "$entry" "$warm_ups" /dev/null 0
  done

  about rounds "$rounds rounds of $runs"
  for ((round = 1; round <= rounds; round++)); do
    for ((i = 0; i < ${#entries[@]}; i++)); do
      # Each round starts with the next subject: none always follows the same one's leftovers.
      turn "${entries[(i + round) % ${#entries[@]}]}" "$runs" "$samples" "$round" -w 1
    done
  done
}

turn() { # ENTRY COUNT FILE X [DRIVER OPTION...]
  local view subject verb steps=() metrics=''
  read -r view subject verb <<<"$1"
  if [[ $subject == library ]]; then
    ask_library "$view" "$3" "$2" "$4"
    return
  fi
  "${row}_steps" "$view" "$subject" "$verb"
  drive "$2" "$3" "$4" "$view" "$subject" "${@:5}" || fail "$subject failed in the view $view, see $log"
}

measure_run() { take_turns belljar runc crun bubblewrap floor; }

measure_lifecycle() { take_turns belljar runc crun; }

measure_exec() {
  local view subject
  for view in "${views[@]}"; do
    for subject in belljar runc crun; do rest_containers "$view" "$subject" 1; done
  done
  take_turns belljar runc crun nsenter
  remove_containers
}

measure_query() {
  local subject
  about containers "$containers of each runtime"
  for subject in belljar runc crun; do rest_containers "${views[-1]}" "$subject" "$containers"; done
  take_turns {belljar,runc,crun}:{state,kill,list}
  remove_containers
}

library_steps() { run_steps "$@"; }
measure_library() {
  take_turns library floor belljar
  dismiss_library
}

# --- the first command --------------------------------------------------------------------------------------------

measure_cold() {
  local view=${views[0]} base=() steps=() metrics='' subject round before
  mkdir -p "$state/hello"
  cat >"$state/hello/Hello.java" <<<'class Hello { public static void main(String[] a) { System.out.println("hello"); } }'
  "$JAVA_HOME/bin/javac" -d "$state/hello" "$state/hello/Hello.java"
  about rounds "$slow_rounds rounds, one run of each"
  about warm-up "none, that is what is measured; the files are in the page cache"
  for ((round = 0; round <= slow_rounds; round++)); do
    for subject in hello first-list first-run alone; do
      metrics='time'
      case $subject in
        hello) steps=("$JAVA_HOME/bin/java" -cp "$state/hello" Hello) titles["$subject"]="a JVM that says hello" ;;
        alone) runtime_of "$view" alone && steps=("${base[@]}" run --bundle "$bundle/$view-true" "$own-$view-alone-{}") ;;
        first-*)
          stop_planners
          runtime_of "$view" belljar
          titles["$subject"]="belljar-oci ${subject#first-}, the first command"
          steps=("${base[@]}" list)
          [[ $subject == first-list ]] || steps=("${base[@]}" run --bundle "$bundle/$view-true" "$own-$view-belljar-{}")
          ;;
      esac
      if ((round == 0)); then
        describe "$view" "$subject" "${steps[@]}"
        drive 1 /dev/null 0 "$view" "$subject" || fail "$subject fails, see $log"
        continue
      fi
      drive 1 "$samples" "$round" "$view" "$subject" || fail "$subject failed, see $log"
      [[ $subject == first-* ]] || continue
      # It is there at once, and it is the same one when another command has been answered.
      before=$(planner_of "$view")
      "$belljar_oci" --root "$state/belljar-$view" list >>"$log" 2>&1
      sample "$view" "$subject" stays '' "$round" "$([[ -n $before && $(planner_of "$view") == "$before" ]] && echo 1 || echo 0)"
    done
  done
}

# --- many at once -------------------------------------------------------------------------------------------------

measure_many() {
  local view subject base=() steps=() metrics='' round
  about rounds "$many_rounds rounds of $containers containers, 8 callers"
  about warm-up "$warm_ups unrecorded runs of belljar-oci, in each view"
  for view in "${views[@]}"; do
    run_steps "$view" belljar
    drive "$warm_ups" /dev/null 0 "$view" belljar -c 8 || fail "belljar failed in the view $view, see $log"
  done
  for ((round = 1; round <= many_rounds; round++)); do
    for view in "${views[@]}"; do
      for subject in belljar runc crun; do
        runtime_of "$view" "$subject" || continue
        metrics=rate
        steps=("${base[@]}" run --detach --bundle "$(bundle_of "$view" "$subject" sleep)" "$own-$view-$subject-m{}")
        ((round > 1)) || describe "$view" "$subject" "${steps[@]}"
        next_number=1
        drive "$containers" "$samples" "$round" "$view" "$subject" -c 8 -k -r
        steps=("${base[@]}" delete --force "$own-$view-$subject-m{}") next_number=1
        metrics=removal
        drive "$containers" "$samples" "$round" "$view" "$subject" -c 8 -k -r
      done
    done
  done
}

# --- the same for a long time -------------------------------------------------------------------------------------

measure_steady() {
  local view=${views[0]} base=() steps=() metrics='' began pid driver left
  lifecycle_steps "$view" belljar
  about x seconds
  about rounds "4 callers for $steady_seconds s"
  about warm-up "$warm_ups unrecorded runs of belljar-oci in this row, in each view"
  describe "$view" belljar "${steps[@]}"
  drive "$warm_ups" /dev/null 0 "$view" belljar -c 4 || fail "belljar failed, see $log"
  pid=$(planner_of "$view")
  enter_view "$view"
  "${enter[@]}" "$out/driver" -l "$log" -s "$steady_seconds" -f 1000000 -c 4 -k "$samples" "$view" belljar "$metrics" \
    "${steps[@]}" &
  driver=$! current=$driver began=$SECONDS
  while kill -0 "$driver" 2>/dev/null; do
    look_at_planner memory "$((SECONDS - began))"
    sleep 1
  done
  wait "$driver" || fail "the driver failed, see $log"
  current=
  left=$(find "$state/belljar-$view" /sys/fs/cgroup -maxdepth 2 -name "$own-*" | wc -l)
  sample "$view" belljar left '' "$steady_seconds" "$left"
  remove_containers
}
