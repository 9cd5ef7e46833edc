package io.belljar.spec.config;

import io.belljar.spec.json.JsonPath;
import io.belljar.spec.linux.NamespaceType;
import java.util.List;
import java.util.Set;

/** Mounts as they are described; what is really there is found out when they are made. */
final class MountChecks {
  // What a file system in user space (lxcfs) gives a container of its own. Nothing else may be
  // mounted inside /proc, whose files the runtime itself relies on (CVE-2019-16884).
  private static final Set<String> PROC_FILES =
      Set.of(
          "/proc/cpuinfo",
          "/proc/diskstats",
          "/proc/loadavg",
          "/proc/meminfo",
          "/proc/slabinfo",
          "/proc/stat",
          "/proc/swaps",
          "/proc/uptime",
          "/proc/sys/crypto/fips_enabled",
          "/proc/sys/kernel/ns_last_pid");

  /** One mount with its path in the document. */
  private interface MountCheck {
    void check(Mount mount, String path);
  }

  private MountChecks() {}

  private static void forEach(Subject subject, MountCheck check) {
    List<Mount> mounts = subject.config().mounts();
    for (int i = 0; i < mounts.size(); i++) {
      check.check(mounts.get(i), JsonPath.element("mounts", i));
    }
  }

  static void typeAndSource(Subject subject) {
    forEach(
        subject,
        (mount, path) -> {
          if (mount.isBind()) {
            if (mount.source().isEmpty()) {
              throw subject.refuse(path + ".source", "is required for a bind mount");
            }
          } else if (mount.type().isEmpty() && !mount.options().contains("remount")) {
            throw subject.refuse(
                path + ".type", "is required, unless the options have bind or rbind");
          } else if (mount.type().filter("bind"::equals).isPresent()) {
            throw subject.refuse(
                path + ".options", "must have bind or rbind, since the type is \"bind\"");
          }
        });
  }

  static void idMappings(Subject subject) {
    forEach(
        subject,
        (mount, path) -> {
          if (!mount.isIdMapped()) {
            return;
          }
          if (!mount.isBind()) {
            throw subject.refuse(path, "only a bind mount can be idmapped");
          }
          boolean users = !mount.uidMappings().isEmpty();
          boolean groups = !mount.gidMappings().isEmpty();
          if (users != groups) {
            throw subject.refuse(
                path + (users ? ".gidMappings" : ".uidMappings"),
                "is required for an idmapped mount with "
                    + (users ? "uidMappings" : "gidMappings"));
          }
          if (!users && !subject.linux().has(NamespaceType.USER)) {
            throw subject.refuse(
                path + ".uidMappings",
                "is required for an idmapped mount without a user namespace");
          }
        });
  }

  static void proc(Subject subject) {
    forEach(
        subject,
        (mount, path) -> {
          String destination = ContainerPath.normalize(mount.destination());
          if (destination.equals("/proc")) {
            // What a bind mount brings is seen only when it is opened.
            if (!mount.isBind() && mount.type().filter("proc"::equals).isEmpty()) {
              throw subject.refuse(
                  path + ".type",
                  Subject.quote(mount.type().orElse(""))
                      + " cannot be mounted on /proc, only proc");
            }
          } else if (destination.startsWith("/proc/") && !PROC_FILES.contains(destination)) {
            throw subject.refuse(
                path + ".destination",
                Subject.quote(mount.destination()) + " is inside /proc, where nothing is mounted");
          }
        });
  }

  static void destination(Subject subject) {
    forEach(
        subject,
        (mount, path) -> {
          if (!mount.destination().startsWith("/")) {
            subject.warn(
                path + ".destination",
                Subject.quote(mount.destination())
                    + " is not an absolute path, which is deprecated; "
                    + Subject.quote(mount.absoluteDestination())
                    + " is used");
          }
        });
  }
}
