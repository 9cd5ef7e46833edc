package io.belljar.spec.config;

import io.belljar.spec.json.JsonPath;
import io.belljar.spec.linux.Linux;
import io.belljar.spec.linux.NamespaceType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Properties that would change the host if the container had no namespace of its own. */
final class NamespaceChecks {
  private NamespaceChecks() {}

  static void hostname(Subject subject) {
    subject
        .config()
        .hostname()
        .ifPresent(name -> subject.needs(NamespaceType.UTS, "hostname", Subject.quote(name)));
  }

  static void domainname(Subject subject) {
    subject
        .config()
        .domainname()
        .ifPresent(name -> subject.needs(NamespaceType.UTS, "domainname", Subject.quote(name)));
  }

  static void paths(Subject subject) {
    firstNeedsMount(subject, "linux.maskedPaths", subject.linux().maskedPaths());
    firstNeedsMount(subject, "linux.readonlyPaths", subject.linux().readonlyPaths());
  }

  private static void firstNeedsMount(Subject subject, String path, List<String> values) {
    if (!values.isEmpty()) {
      subject.needs(
          NamespaceType.MOUNT, JsonPath.element(path, 0), Subject.quote(values.getFirst()));
    }
  }

  static void rootfsPropagation(Subject subject) {
    subject
        .linux()
        .rootfsPropagation()
        .ifPresent(propagation ->
            subject.needs(
                NamespaceType.MOUNT, "linux.rootfsPropagation", Subject.quote(propagation.word())));
  }

  /** Without the namespace they would be made on the host, and stay there. */
  static void mounts(Subject subject) {
    if (!subject.config().mounts().isEmpty()) {
      Mount first = subject.config().mounts().getFirst();
      subject.needs(
          NamespaceType.MOUNT, "mounts[0]", "a mount on " + Subject.quote(first.destination()));
    }
  }

  static void userMappings(Subject subject) {
    Linux linux = subject.linux();
    if (!linux.has(NamespaceType.USER)) {
      if (!linux.uidMappings().isEmpty()) {
        subject.needs(NamespaceType.USER, "linux.uidMappings", "a mapping of users");
      }
      if (!linux.gidMappings().isEmpty()) {
        subject.needs(NamespaceType.USER, "linux.gidMappings", "a mapping of groups");
      }
    }
    // A namespace that is joined has its mappings already. Engines repeat them here, which is
    // accepted; that they are the same is for whoever opens the namespace to check.
    if (linux.creates(NamespaceType.USER)) {
      if (linux.uidMappings().isEmpty()) {
        throw subject.refuse("linux.uidMappings", "is required for a new user namespace");
      }
      if (linux.gidMappings().isEmpty()) {
        throw subject.refuse("linux.gidMappings", "is required for a new user namespace");
      }
    }
  }

  static void timeOffsets(Subject subject) {
    Linux linux = subject.linux();
    if (linux.timeOffsets().isEmpty()) {
      return;
    }
    subject.needs(NamespaceType.TIME, "linux.timeOffsets", "an offset of a clock");
    if (!linux.creates(NamespaceType.TIME)) {
      throw subject.refuse(
          "linux.timeOffsets", "cannot be set for a time namespace that is joined by its path");
    }
  }

  static void netDevices(Subject subject) {
    Linux linux = subject.linux();
    Map<String, String> hostNames = new HashMap<>();
    linux
        .netDevices()
        .forEach((hostName, device) -> {
          String path = JsonPath.member("linux.netDevices", hostName);
          subject.needs(NamespaceType.NETWORK, path, "an interface");
          String name = device.name().orElse(hostName);
          String other = hostNames.putIfAbsent(name, hostName);
          if (other != null) {
            throw subject.refuse(
                path,
                Subject.quote(name)
                    + " is the name of "
                    + Subject.quote(other)
                    + " in the container already");
          }
        });
  }
}
