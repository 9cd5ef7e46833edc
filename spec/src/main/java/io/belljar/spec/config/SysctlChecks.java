package io.belljar.spec.config;

import io.belljar.spec.json.JsonPath;
import io.belljar.spec.linux.Namespace;
import io.belljar.spec.linux.NamespaceType;
import io.belljar.spec.linux.SysctlKey;
import java.util.Optional;
import java.util.Set;

/**
 * Kernel parameters that a container may set: those of a namespace of its own. All others are the
 * host's.
 */
final class SysctlChecks {
  private static final Set<String> IPC =
      Set.of(
          "kernel.msgmax",
          "kernel.msgmnb",
          "kernel.msgmni",
          "kernel.sem",
          "kernel.shmall",
          "kernel.shmmax",
          "kernel.shmmni",
          "kernel.shm_rmid_forced");

  private SysctlChecks() {}

  static void sysctl(Subject subject) {
    subject.linux().sysctl().forEach((key, value) -> parameter(subject, key, value));
  }

  private static void parameter(Subject subject, String text, String value) {
    String path = JsonPath.member("linux.sysctl", text);
    SysctlKey key =
        SysctlKey.parse(text)
            .orElseThrow(() -> subject.refuse(path, "is not the name of a kernel parameter"));
    // A value with a separator can carry a second parameter (CVE-2022-0811).
    if (value.chars().anyMatch(c -> c == '+' || (c < ' ' && c != '\t'))) {
      throw subject.refuse(path, Subject.quote(value) + " is not a value of a kernel parameter");
    }
    String name = key.dotted();
    if (IPC.contains(name) || name.startsWith("fs.mqueue.")) {
      subject.needs(NamespaceType.IPC, path, "the parameter");
    } else if (name.startsWith("net.")) {
      network(subject, path);
    } else if (name.equals("kernel.domainname")) {
      subject.needs(NamespaceType.UTS, path, "the parameter");
    } else if (name.equals("kernel.hostname")) {
      throw subject.refuse(path, "is set by the property hostname");
    } else {
      throw subject.refuse(path, "belongs to no namespace, so it would change the host");
    }
  }

  private static void network(Subject subject, String path) {
    subject.needs(NamespaceType.NETWORK, path, "the parameter");
    Optional<String> joined =
        subject.linux().namespace(NamespaceType.NETWORK).flatMap(Namespace::path);
    if (joined.filter(subject::isRuntimeNetwork).isPresent()) {
      throw subject.refuse(path, Subject.quote(joined.get()) + " is the host's network namespace");
    }
  }
}
