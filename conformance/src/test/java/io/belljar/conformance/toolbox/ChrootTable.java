package io.belljar.conformance.toolbox;

import static io.belljar.conformance.toolbox.Row.root;
import static io.belljar.conformance.toolbox.Row.user;

import java.util.List;

/** Scripts with chroot. */
final class ChrootTable {
  static final List<Row> ROWS =
      List.of(
          root("$T $R /bin/ls /; $T $R ls /; echo $?"),
          root("cd $B; $T newroot /bin/pwd; $T ./newroot/../newroot /bin/pwd"),
          root("$T / pwd; $T / id; cd /usr; $T --skip-chdir / pwd"),
          root("cd $R; $T . /bin/pwd; $T .. /newroot/bin/pwd"),
          root("$T --skip-chdir $R /bin/pwd; echo $?"),
          root("$T $B/empty; echo $?; $T $B/empty ls; echo $?"),
          root("SHELL=/bin/bash $T $B/empty; echo $?"),
          root("echo 'echo $0 $-; pwd; exit 4' | $T $R 2> /dev/null | head -2; echo $?"),
          root("unset SHELL; echo 'exit 4' | $T $R 2> /dev/null; echo $?"),
          root("$T $R nosuch; echo $?; $T $R /etc/passwd; echo $?; $T $R /bin; echo $?"),
          root("$T /nowhere ls; echo $?; $T /etc/passwd ls; echo $?; $T '' ls; echo $?"),
          root("$T; echo $?; $T --; echo $?"),
          root("$T --zzz / ls; echo $?; $T -x / ls; echo $?; $T --user; $T --skip=3 /"),
          root("$T $R sh -c 'exit 9'; echo $?; $T $R sh -c 'kill -TERM $$'"),
          root("$T $R echo --help -x; $T -- $R echo y"),
          root("$T --userspec=1234:1235 / id; $T --userspec=5 / id; $T --userspec=:6 / id"),
          root("$T --userspec=daemon / id; $T --userspec=daemon: / id; $T --userspec=:daemon / id"),
          root("$T --userspec=daemon:sys / id; $T --userspec=+5:+6 / id"),
          root("$T --userspec=nosuch / id; echo $?; $T --userspec=0:nosuch / id; echo $?"),
          root("$T --userspec=777777 / id; echo $?; $T --userspec=777777:5 / id"),
          root("$T --userspec= / id; $T --userspec=: / id"),
          root("$T --groups=5,6 / id; $T --groups=daemon,sys / id; $T --groups= / id"),
          root(
              "$T --groups=nosuch / id; echo $?; $T --groups=, / id; echo $?; $T --groups=+7 / id"),
          root("$T --userspec=5:6 --groups=7,8 / id; $T --userspec=5 --groups=7 / id"),
          root("$T --userspec=5 --groups= / id"),
          root("$T --userspec=1000 / grep Cap /proc/self/status"),
          root("$T --userspec=1234 $R /bin/id"),
          root("$T --userspec=alice $R /bin/id"),
          root("$T --userspec=alice:music --groups=4321 $R /bin/id"),
          root("$T --userspec=nosuch $R /bin/id; echo $?; $T --groups=nosuch $R /bin/id; echo $?"),
          root("$T --userspec=4294967295 / id; echo $?; $T --userspec=-1 / id; echo $?"),
          root("umask 027; $T $R sh -c umask; A=1 $T $R env | grep ^A"),
          root("exec 5< /dev/zero; $T / readlink /proc/self/fd/5; $T / ls /proc/self/fd"),
          root("trap '' USR1; $T / grep SigIgn /proc/self/status"),
          root("printf 'echo $0' > $R/tmp/s; chmod +x $R/tmp/s; $T $R /tmp/s"),
          user("$T $R /bin/ls; echo $?; $T / ls; echo $?; $T /nowhere ls; echo $?"),
          user("$T; echo $?; $T --userspec=0 / id; echo $?"),
          root("$T --version | cut -d' ' -f1,2")
              .differs("chroot from\n", "the version is Belljar's own"));

  private ChrootTable() {}
}
