package io.belljar.conformance.toolbox;

import static io.belljar.conformance.toolbox.Row.root;
import static io.belljar.conformance.toolbox.Row.user;

import java.util.List;

/** Scripts with unshare. */
final class UnshareTable {
  private static final String NEWER = "the words are those of util-linux 2.40 and later";

  private static final String BY_ROOT =
      "root writes ranges itself and needs no newuidmap, as in util-linux 2.39";
  private static final String WHOLE =
      "a range is mapped whole beside the single id, as in util-linux 2.40";
  private static final String OUTSIDE =
      "a user namespace is pinned from outside, as in util-linux 2.39";

  static final List<Row> ROWS =
      List.of(
          // Each kind of namespace, by both names, and many at once.
          root("others $T"),
          root("others $T -m; others $T --mount"),
          root("others $T -u; others $T --uts"),
          root("others $T -i; others $T --ipc"),
          root("others $T -n; others $T --net"),
          root("others $T -p; others $T --pid --fork"),
          root("others $T -U; others $T --user"),
          root("others $T -C; others $T --cgroup"),
          root("others $T -T; others $T --time"),
          root("others $T -muinpUCT --fork"),
          root("others $T --ut --ip --ne --cg; $T --mount-p cat /proc/self/uid_map"),
          user("others $T -r; others $T -rmuinCT; others $T -rpf"),
          user("others $T -U; others $T -c"),
          // What the namespaces do.
          root(
              "$T --uts sh -c 'hostname chen; hostname'; [ $(hostname) = chen ] || echo unchanged"),
          root("$T --net ip -br address"),
          root("$T --net sh -c 'ip link set lo up && ip -br link' | cut -c1-20"),
          root("id=$(ipcmk -M 1000 | tr -dc 0-9); $T --ipc ipcs -m; ipcrm -m $id"),
          root("$T --ipc sh -c 'ipcmk -M 1000 > /dev/null; ipcs -m | grep -c 0x'"),
          root(
              "$T -m sh -c 'mount -t tmpfs none $R/tmp && grep -c newroot/tmp /proc/self/mountinfo'"
                  + "; grep -c newroot/tmp /proc/self/mountinfo"),
          root("$T -C cat /proc/self/cgroup | cut -d: -f3 | sort -u"),
          root("$T -f -p --mount-proc -- sh -c 'ps -eo pid,args'"),
          root("$T -fp sh -c 'echo $$; ls -d /proc/[0-9]* 2>&- | wc -l' | sed '2s/..*/many/'"),
          root("$T -ipf --mount-proc sh -c 'exec readlink /proc/self; true'"),
          root("$T -p sh -c 'echo one; true; echo two' 2>&1 | head -1"),
          root("$T -fp sh -c 'kill -9 $$; exit 3'"),
          root(
              "$T -fp --mount-proc sh -c '(sleep 0.05; echo orphan $(cut -d\" \" -f4"
                  + " /proc/self/stat)) & exec sh -c \"wait; sleep 0.2\"'"),
          // Clocks.
          root(
              "u=$(cut -d. -f1 /proc/uptime); $T -T --boottime 500000 sh -c \"echo \\$((("
                  + "\\$(cut -d. -f1 /proc/uptime) - $u) / 100))\""),
          root("$T -T --boottime 7 --monotonic -9 cat /proc/self/timens_offsets"),
          root("$T -fT --monotonic=100 cat /proc/self/timens_offsets"),
          root("$T -T --monotonic=-99999999999 true"),
          root("$T --boottime 3 true")
              .differs(
                  "unshare: options --monotonic and --boottime require unsharing of a time"
                      + " namespace (-T)\n",
                  NEWER),
          root("$T -T --boottime x true; $T -T --monotonic 1.5 true"),
          // /proc and propagation.
          root("$T --mount-proc=$R/proc sh -c 'ls $R/proc | grep -c ^1$'; ls $R/proc"),
          root(
              "$T -pf --mount-proc=$R/proc sh -c 'ls $R/proc | grep -c ^1$; ls $R/proc | grep -c"
                  + " ^$$$'"),
          root("$T --mount-proc=/nowhere true"),
          root("$T --mount-proc grep -c ' /proc ' /proc/self/mountinfo"),
          root("$T --mount-proc --propagation shared true; grep -c ' /proc ' /proc/self/mountinfo"),
          root(
              "for p in private slave shared unchanged; do $T -m --propagation $p grep \" $B \""
                  + " /proc/self/mountinfo | cut -d' ' -f7 | tr -d 0-9; done"),
          root(
              "mount --make-shared $B; for p in private slave shared unchanged; do $T -m"
                  + " --propagation $p grep \" $B \" /proc/self/mountinfo | cut -d' ' -f7 | tr -d"
                  + " 0-9; done; $T -m --propagation shared mount -t tmpfs none $B/empty; grep -c"
                  + " empty /proc/self/mountinfo; umount $B/empty; mount --make-private $B"),
          root("$T --propagation foo true"),
          root("$T --propagation slave grep -c . /proc/self/uid_map"),
          // Users and groups.
          root("$T -r id; $T -r cat /proc/self/uid_map /proc/self/gid_map /proc/self/setgroups"),
          root("$T -c id; $T --map-current-user cat /proc/self/gid_map"),
          root("$T -U id -u; $T -U cat /proc/self/uid_map"),
          root("$T --map-user 5 id; $T --map-group 6 id; $T --map-user=5 --map-group=6 id"),
          root("$T --map-user=daemon --map-group=daemon id"),
          root("$T --map-user=nosuchuser id"),
          root("$T --map-group=nosuchgroup id"),
          root("$T -r --setgroups deny cat /proc/self/setgroups"),
          root("$T -U --setgroups allow cat /proc/self/setgroups"),
          root("$T -U --setgroups deny cat /proc/self/setgroups"),
          root("$T -r --setgroups=allow id"),
          root("$T --setgroups=foo id"),
          root("$T -r --map-user 7 id -u; $T --map-user 7 -r id -u; $T -c -r id -u"),
          root("$T -U --keep-caps grep Cap /proc/self/status"),
          root("$T -r --keep-caps -S 5 grep Cap /proc/self/status"),
          root("$T -r grep Cap /proc/self/status"),
          user("$T -r id; $T --user --map-root-user id -u"),
          user("$T -c id; $T -c grep Cap /proc/self/status"),
          user("$T -c --keep-caps grep Cap /proc/self/status"),
          user("$T -U --keep-caps grep -E 'Uid|CapAmb' /proc/self/status"),
          user("$T -r cat /proc/self/uid_map /proc/self/gid_map /proc/self/setgroups"),
          user("$T --map-user=7 --map-group=8 id"),
          user("$T -r --setgroups=allow id"),
          user("$T -rm sh -c 'mount -t tmpfs none $R/tmp && ls -d $R/tmp/.' | wc -l"),
          user("$T -rpf --mount-proc sh -c 'ps -eo pid,args'"),
          user("$T -rn ip -br address; $T -rfi sh -c 'ipcs -m | wc -l'"),
          user("$T -ru sh -c 'hostname chen && hostname'"),
          // Ranges, by root and by the programs that may.
          root("$T --map-users=300000,0,100 --map-groups=310000,0,100 cat /proc/self/uid_map"),
          root(
              "$T --map-users=300000,7,1000 --map-groups=310000,7,1000 cat /proc/self/uid_map"
                  + " /proc/self/gid_map"),
          root("$T --map-users=0,0,100 cat /proc/self/uid_map")
              .differs("         0          0        100\n", BY_ROOT),
          root("$T --map-users=300000,0,1000 -r --map-groups=310000,0,1000 cat /proc/self/uid_map"),
          root("$T --map-users=300000,0,1000 --map-user=5 cat /proc/self/uid_map"),
          root("$T --map-auto -r id"),
          root("$T --map-auto -r cat /proc/self/uid_map")
              .differs(
                  "         0          0          1\n         1     300000      65536\n", WHOLE),
          root("$T --map-auto cat /proc/self/uid_map"),
          root("$T --map-users=auto --map-groups=auto id -u"),
          root("$T --map-users=7 true").differs("unshare: invalid mapping '7'\n", NEWER),
          root("$T --map-users=0:100000:5 cat /proc/self/uid_map")
              .differs(
                  "         0     100000          5\n",
                  "ranges may be written inner:outer:count, as in util-linux 2.40"),
          root("$T --map-users=all cat /proc/self/uid_map")
              .differs(
                  "         0          0 4294967295\n",
                  "all and subids for ranges are of util-linux 2.40 and 2.41"),
          root("$T --map-subids -r cat /proc/self/uid_map")
              .differs(
                  "         0          0          1\n    300000     300000      65536\n",
                  "all and subids for ranges are of util-linux 2.40 and 2.41"),
          user("$T --map-auto -r id; $T --map-auto cat /proc/self/uid_map"),
          user("$T --map-auto -r cat /proc/self/gid_map")
              .differs(
                  "         0       1000          1\n         1     210000      65536\n", WHOLE),
          user(
              "$T --map-users=auto --map-groups=auto -r -f id; $T --map-users=200000,1,5"
                  + " --map-groups=210000,1,5 -r cat /proc/self/uid_map /proc/self/gid_map"),
          user("$T --map-auto -r chown 5:6 . ; stat -c %u:%g ."),
          user("$T --map-users=5,0,1 -r true"),
          user("PATH=/nowhere $T --map-auto -r true")
              .differs(
                  "unshare: failed to execute newuidmap: No such file or directory; it is in the"
                      + " package uidmap\n",
                  "what is missing is said before anything is done, with what helps"),
          // Who the command is.
          root("$T -S 5 -G 6 id; $T --setuid=5 id; $T --setgid 6 id"),
          root("$T -S 5 grep Cap /proc/self/status"),
          root("$T -r -S 5 id"),
          root("$T -r -G 5 id"),
          root("$T --map-users=300000,0,100 --map-groups=310000,0,100 -S 7 -G 8 id"),
          root("$T -S abc true; $T -G x true"),
          user("$T -S 5 id; $T -G 5 id"),
          user("$T -r -G 0 id"),
          // Where it is.
          root("$T -R $R /bin/ls /; $T --root=$R /bin/pwd"),
          root("$T -R $R -w /etc /bin/pwd"),
          root("$T -R $R -w etc /bin/pwd")
              .differs(
                  "/etc\n", "a relative directory counts from the new root, never from outside"),
          root("$T -w / pwd; mkdir d; $T --wd=d pwd"),
          root("$T -w /nowhere pwd; $T -w /etc/passwd pwd"),
          root("$T -R /nowhere pwd; $T -R /etc/passwd pwd"),
          root("$T -R $R -w /nowhere /bin/pwd"),
          root(
              "$T -fpR $R --mount-proc /bin/sh -c 'cat /proc/self/stat | cut -d\" \" -f1"
                  + " 2> /dev/null || /bin/ls /proc | /bin/busybox grep ^1$'"),
          root("$T -R $B/empty true"),
          user("$T -rR $R /bin/id; $T -R $R /bin/id"),
          // Forking, and how it ends.
          root("$T -f sh -c 'exit 7'; echo $?; $T sh -c 'exit 7'"),
          root("$T -f sh -c 'kill -TERM $$'"),
          root("$T -f sh -c 'kill -KILL $$'; echo $?")
              .differs(
                  "137\nKilled\n", "it dies of SIGKILL when the command did, as util-linux 2.39"),
          root("$T -f sh -c 'kill -TERM $PPID; sleep 0.1; echo survived; exit 4'"),
          root("$T -f sh -c 'kill -INT $PPID; sleep 0.1; echo survived; exit 4'"),
          root(
              "$T -f sh -c 'kill -HUP $PPID; sleep 0.1; echo survived >&2; exit 4' 2> log; echo $?"
                  + "; sleep 0.2; cat log"),
          root(
              "$T -fp --kill-child sh -c 'sleep 5' & sleep 0.5; c=$(cat /proc/$!/task/$!/children);"
                  + " kill -9 $!; sleep 0.1; kill -0 $c 2> /dev/null || echo gone"),
          root(
              "$T --kill-child=TERM sh -c 'trap \"echo told > told; exit\" TERM; while :; do sleep"
                  + " 0.05; done' & sleep 0.5; kill -9 $!; sleep 0.3; cat told"),
          root("$T --kill-child=SIGHUP true; $T --kill-child=FOO true; $T --kill-child=9 true"),
          root("$T -fp --mount-proc sh -c 'sleep 0 & wait; echo done'"),
          root("$T -f ps -o stat=,args= -p $$ | wc -l"),
          // Pins.
          root("touch u; $T --uts=u hostname kept; nsenter --uts=u hostname; umount u"),
          root("touch n; $T --net=n true; nsenter --net=n ip -br address; umount n"),
          root(
              "touch i c; $T --ipc=i --cgroup=c true; nsenter --ipc=i --cgroup=c echo in;"
                  + " umount i c"),
          root(
              "touch m; taskset 1 $T --mount=m mount -t tmpfs kept /mnt; nsenter --mount=m findmnt"
                  + " -no SOURCE /mnt; umount m"),
          root("touch m; taskset 1 $T -f --mount=m true; nsenter --mount=m echo in; umount m"),
          root("touch u; $T --user=u -r true; nsenter --user=u -S 0 id -u; umount u")
              .differs("0\n", OUTSIDE),
          root("touch u n; $T --user=u --net=n --map-users=0,0,9 --map-groups=0,0,9 true;"
                  + " nsenter --user=u --net=n cat /proc/self/uid_map; umount u n")
              .differs("         0          0          9\n", OUTSIDE),
          root("touch p; $T -f --pid=p --mount-proc sh -c 'nsenter --pid=p echo in' ; umount p"),
          root(
              "touch t; $T -f --time=t --boottime 55 true; nsenter --time=t cat"
                  + " /proc/self/timens_offsets; umount t"),
          root("$T --uts=nowhere true; $T --uts= true"),
          user("touch u; $T -U --uts=u true"),
          // The command.
          root("$T nosuchcommand; echo $?; $T ./nosuchcommand; echo $?; $T /etc/passwd; echo $?"),
          root("$T -u nosuchcommand; echo $?; $T -f nosuchcommand; echo $?; $T /; echo $?"),
          root("printf 'echo $0 $1' > s; chmod +x s; $T ./s a; $T -f ./s a"),
          root("printf '#!/bin/sh\\necho $0 $1' > s; chmod +x s; $T ./s a"),
          root("printf '#!/nowhere\\n' > s; chmod +x s; $T ./s a; echo $?"),
          root("echo 'echo $0; exit 3' | $T; echo $?; echo 'echo $0' | SHELL=/bin/dash $T -u"),
          root("SHELL=/nowhere $T; echo $?; unset SHELL; echo 'echo $0' | $T"),
          root("$T -u -- echo -m; $T -u echo -m --help"),
          root("A=1 $T env | grep -c ^A=1; $T env | sort | grep -v -e ^_= -e ^T="),
          root("umask 027; $T sh -c umask; $T -f sh -c umask; $T -R $R /bin/sh -c umask"),
          root("exec 5< /dev/zero; $T readlink /proc/self/fd/5; $T -f readlink /proc/self/fd/5"),
          root("$T ls /proc/self/fd; $T -fR / ls /proc/self/fd"),
          root(
              "trap '' USR1; $T grep SigIgn /proc/self/status; $T -f grep SigIgn"
                  + " /proc/self/status"),
          root("echo text | $T cat; $T -f sh -c 'cat; echo error >&2' < /etc/hostname > /dev/null"),
          root("cd $R/etc; $T pwd; $T -f pwd"),
          user("$T -u true; $T -m true; $T -f true; echo $?; $T true; echo $?"),
          user("$T -n true 2>&1; echo $?"),
          // Command lines that are wrong.
          root("$T --zzz; echo $?; $T -Q; $T -fQ; $T --fork=3"),
          root("$T -S; $T --setuid; $T -f --root"),
          root("$T --set; echo $?; $T --he | head -2 | wc -l; $T --mount-p=/nowhere true"),
          root("$T -h > /dev/null; echo $?; $T -V | cut -d' ' -f1,2"));

  private UnshareTable() {}
}
