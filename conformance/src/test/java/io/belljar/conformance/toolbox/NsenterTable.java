package io.belljar.conformance.toolbox;

import static io.belljar.conformance.toolbox.Row.root;
import static io.belljar.conformance.toolbox.Row.user;

import java.util.List;

/** Scripts with nsenter. */
final class NsenterTable {
  private static final String IN_ROOT =
      "with a root but no directory the command begins in the root, not outside of it";

  private static final String NEWER = "--user-parent and --net-socket are of util-linux 2.41";

  static final List<Row> ROWS =
      List.of(
          // Each kind, and all.
          root(
              "target -fpmuinC; for kind in m u i n p C; do $T -t $P -$kind readlink"
                  + " /proc/$P/ns/uts > /dev/null; echo $?; done"),
          root(
              "target -u; $T -t $P -u hostname; $T --target $P --uts hostname; $T -t$P -u"
                  + " hostname"),
          root("target -n; $T -t $P -n ip -br address; $T -t $P --net ip -br address"),
          root("target -i; $T -t $P -i sh -c 'ipcmk -M 9 > /dev/null; ipcs -m | grep -c 0x'"),
          root("target -m; mount -t tmpfs seen /mnt; $T -t $P -m findmnt /mnt; umount /mnt"),
          root("target -C; $T -t $P -C cut -d: -f3 /proc/self/cgroup | sort -u"),
          root("target -fp --mount-proc; $T -t $P -m -p ps -eo pid,args | grep -v ps"),
          root("target -fp; $T -t $P -p sh -c 'echo $$' | wc -w; $T -t $P -p -- true; echo $?"),
          root("target -T --boottime 900000; $T -t $P -T cat /proc/self/timens_offsets"),
          root("target -r; $T -t $P -U id; $T -t $P -U cat /proc/self/uid_map"),
          root(
              "target -fpmuinCT --mount-proc; $T -t $P -a hostname; $T --all -t $P ps -eo args"
                  + " | grep -v ps"),
          root(
              "target -fpmuinCTr --mount-proc; $T -t $P -a sh -c 'id -u; hostname; ps -eo args'"
                  + " | grep -v ps"),
          root(
              "target -fpmuin; for kind in mnt uts ipc net; do $T -t $P -muin readlink"
                  + " /proc/self/ns/$kind > /dev/null && same self $P $kind; done"),
          root("target -u; $T -t $P -a sh -c 'hostname; pwd'"),
          root("$T -t $$ -a pwd; $T -t $$ -a id -un"),
          // Files.
          root("target -u; $T --uts=/proc/$P/ns/uts hostname; $T -u/proc/$P/ns/uts hostname"),
          root(
              "target -uin; $T --uts=/proc/$P/ns/uts --net=/proc/$P/ns/net -i -t $P sh -c"
                  + " 'hostname; ip -br address'"),
          root("$T --uts=/nowhere true; echo $?; $T --net=/etc/passwd true; echo $?"),
          root("target -n; $T --uts=/proc/$P/ns/net true"),
          root("$T --uts true; echo $?; $T -m; echo $?; $T -p -- true"),
          // Who.
          root("target -r; $T -t $P -U -S 0 -G 0 id; $T -t $P -U --preserve-credentials id"),
          root("target -U; $T -t $P -U id"),
          root("target -U; $T -t $P -U --preserve-credentials id -u"),
          root(
              "target -u; $T -t $P -u -S 5 -G 6 id; $T -t $P -u --setuid=5 id; $T -t $P -u -G 6"
                  + " id"),
          root("target -u; $T -t $P -u -S 5 grep Cap /proc/self/status"),
          root(
              "target --map-users=300000,0,1000 --map-groups=310000,0,1000; $T -t $P -U -S 5 -G 6"
                  + " id; $T -t $P -U id"),
          root("target -fpr; $T -t $P -U -p -S 0 sh -c 'id -u; grep Cap /proc/self/status'"),
          root("target -u; $T -t $P -u -S abc true; $T -t $P -u -G 1x true"),
          root("target -u -S 5 -G 6; $T -t $P -u -S follow -G follow sh -c 'id -u; id -g'")
              .differs("5\n6\n", "--setuid=follow and --setgid=follow are of util-linux 2.40"),
          user("target -r; $T -t $P -U id; $T -t $P -U --preserve-credentials id -u"),
          user("target -rmu; $T -t $P -U -u --preserve-credentials hostname"),
          user(
              "target -rfpmuin --mount-proc; $T -t $P --preserve-credentials -a sh -c 'hostname;"
                  + " ps -eo args' | grep -v ps"),
          user("target -c; $T -t $P -U --preserve-credentials id"),
          user("target -c; $T -t $P -U id"),
          user("$T -t $$ -u true; echo $?; $T -t 1 -m true; echo $?"),
          user("target -ru; $T -t $P -u true"),
          // Where.
          root("target -m; $T -t $P -m pwd; cd /usr; $T -t $P -u pwd"),
          root("target -mR $R; $T -t $P -r /bin/ls /"),
          root("target -m; $T -t $P -r$R /bin/pwd").differs("/\n", IN_ROOT),
          root("target -u; $T -t $P --root=$R -w$R/etc /bin/pwd"),
          root("target -u; $T -t $P -w pwd; $T -t $P -u --wd pwd"),
          root("target -m; $T -t $P -m -w pwd; $T -t $P -m -w/usr pwd; $T -t $P -m --wd=/usr pwd"),
          root("target -m; $T -t $P -m -W /usr pwd; $T -t $P -m --wdns=/usr pwd"),
          root("target -m; $T -t $P -m -W /nowhere pwd; $T -t $P -m -w/nowhere pwd"),
          root("target -m; $T -t $P -m -r/nowhere pwd"),
          root("target -m; $T -t $P -m -W /usr -w/etc pwd"),
          // Forking, and how it ends.
          root("target -fp; $T -t $P -p sh -c 'exit 7'; echo $?; $T -t $P -p -F sh -c 'exit 7'"),
          root("target -u; $T -t $P -u sh -c 'kill -TERM $$'"),
          root("target -fp; $T -t $P -p sh -c 'kill -TERM $$'; echo $?"),
          root("target -fp; $T -t $P -p sh -c 'kill -KILL $$'; echo $?"),
          root(
              "target -fp; $T -t $P -p sh -c 'kill -STOP $$; echo on' & sleep 0.4; ps -o stat= -p"
                  + " $! | cut -c1; kill -CONT $!; wait $!; echo $?"),
          root(
              "exec 2> /dev/null; target -fp; $T -t $P -p sleep 5 & sleep 1; kill -TERM $!; wait"
                  + " $!; echo $?"),
          root("target -fp; $T -t $P -p -F true; echo $?; $T -t $P -p --no-fork sh -c 'echo one'"),
          root("target -fp; $T -t $P -p sh -c 'kill -9 1; echo on'"),
          root("target -fpm --mount-proc; $T -t $P -m -p sh -c 'kill -STOP 1; echo on'"),
          // The command.
          root("target -u; $T -t $P -u nosuchcommand; echo $?; $T -t $P -u /etc/passwd; echo $?"),
          root("target -fp; $T -t $P -p nosuchcommand; echo $?; $T -t $P -p /; echo $?"),
          root(
              "target -u; echo 'echo $0; hostname' | $T -t $P -u; echo 'hostname; exit 3' |"
                  + " SHELL=/bin/dash $T -t $P -u; echo $?"),
          root("target -u; A=1 $T -t $P -u env | grep -c ^A=1"),
          root("A=theirs; export A; target -u; A=mine $T -t $P -u -e sh -c 'echo $A'")
              .differs("theirs\n", "--env is of util-linux 2.39"),
          root(
              "target -u; umask 027; $T -t $P -u sh -c umask; exec 5< /dev/zero; $T -t $P -u"
                  + " readlink /proc/self/fd/5; $T -t $P -u ls /proc/self/fd"),
          root("target -fp; umask 027; $T -t $P -p sh -c umask; $T -t $P -p ls /proc/self/fd"),
          root("target -u; trap '' USR1; $T -t $P -u grep SigIgn /proc/self/status"),
          root("target -u; printf 'hostname $1' > s; chmod +x s; $T -t $P -u ./s"),
          // What is not there.
          root("$T -t 99999999 -m; echo $?; $T -t 99999999 -u true; $T -t 99999999 -a true"),
          root("$T -t abc -m; echo $?; $T -t '' -m"),
          root("$T -a true; echo $?"),
          root("target -u; $T -t $P true; echo $?; $T -t $P hostname > /dev/null; echo $?"),
          root(
              "target -u; $T -t $P -u -Z hostname; $T -Z echo on; $T -t 99999999 -Z true; echo $?"),
          root("target -u; $T -t $P -u --follow-context hostname; $T -t $P -a -Z hostname"),
          root("target -r; $T -t $P --user-parent true; echo $?; $T --user-parent true")
              .differs(
                  """
                  1
                  nsenter: reassociate to namespace 'ns/user' failed: Invalid argument
                  nsenter: no target PID specified
                  """,
                  NEWER),
          root("unshare -r sh -c 'readlink /proc/self/ns/user > u; exec unshare -r sh -c \"echo >"
                  + " up; exec sleep 50\"' & P=$!; until [ -e up ]; do sleep 0.05; done; $T -t $P"
                  + " --user-parent sh -c 'readlink /proc/self/ns/user' > o; cmp o u && echo"
                  + " parent; kill $P")
              .differs("parent\n", NEWER),
          root("unshare -n python3 -c 'import socket, os, time; s = socket.socket();"
                  + " os.dup2(s.fileno(), 9); open(\"up\", \"w\"); time.sleep(50)' & P=$!; until"
                  + " [ -e up ]; do sleep 0.05; done; $T -t $P --net-socket 9 readlink"
                  + " /proc/self/ns/net > o; [ $(cat o) = $(readlink /proc/$P/ns/net) ] && echo"
                  + " same; $T -t $P -N 0 true; $T -t $P -N x true; $T -N 9 true; kill $P")
              .differs(
                  """
                  same
                  nsenter: cannot open the network namespace of file descriptor 0: Socket\
                   operation on non-socket
                  nsenter: failed to parse file descriptor: 'x'
                  nsenter: no target PID specified
                  """,
                  NEWER),
          root("target -u; $T -t $P -u -c true")
              .differs(
                  "nsenter: --join-cgroup is only supported in cgroup v2\n",
                  "--join-cgroup is of util-linux 2.39"),
          // Command lines that are wrong.
          root("$T --zzz; echo $?; $T -Q; $T --all=3; $T -t; $T --target"),
          root("$T --w=/ -t $$ -u pwd; $T --net-s 2>&1 | cut -c1-8"),
          root("$T -h > /dev/null; echo $?; $T --version | cut -d' ' -f1,2"));

  private NsenterTable() {}
}
