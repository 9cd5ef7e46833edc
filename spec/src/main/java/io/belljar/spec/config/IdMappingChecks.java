package io.belljar.spec.config;

import io.belljar.spec.json.JsonPath;
import io.belljar.spec.linux.IdMapping;
import io.belljar.spec.linux.Linux;
import io.belljar.spec.linux.NamespaceType;
import io.belljar.spec.process.User;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/** What the kernel would refuse with a bare EINVAL when it is given a mapping. */
final class IdMappingChecks {
  private static final int MAX_RANGES = 340; // user_namespace.h, UID_GID_MAP_MAX_EXTENTS

  private IdMappingChecks() {}

  static void ranges(Subject subject) {
    ranges(subject, "linux.uidMappings", subject.linux().uidMappings());
    ranges(subject, "linux.gidMappings", subject.linux().gidMappings());
    List<Mount> mounts = subject.config().mounts();
    for (int i = 0; i < mounts.size(); i++) {
      String path = JsonPath.element("mounts", i);
      ranges(subject, path + ".uidMappings", mounts.get(i).uidMappings());
      ranges(subject, path + ".gidMappings", mounts.get(i).gidMappings());
    }
  }

  private static void ranges(Subject subject, String path, List<IdMapping> mappings) {
    if (mappings.size() > MAX_RANGES) {
      throw subject.refuse(
          path, "has " + mappings.size() + " ranges; the kernel takes at most " + MAX_RANGES);
    }
    overlap(subject, path, "containerID", mappings, IdMapping::containerId);
    overlap(subject, path, "hostID", mappings, IdMapping::hostId);
  }

  private static void overlap(
      Subject subject,
      String path,
      String side,
      List<IdMapping> mappings,
      ToLongFunction<IdMapping> start) {
    List<IdMapping> sorted = new ArrayList<>(mappings);
    sorted.sort((one, other) -> Long.compare(start.applyAsLong(one), start.applyAsLong(other)));
    for (int i = 1; i < sorted.size(); i++) {
      IdMapping before = sorted.get(i - 1);
      long next = start.applyAsLong(sorted.get(i));
      if (start.applyAsLong(before) + before.size() > next) {
        throw subject.refuse(
            path,
            "the ranges at "
                + side
                + " "
                + start.applyAsLong(before)
                + " (size "
                + before.size()
                + ") and "
                + next
                + " overlap");
      }
    }
  }

  /** A process cannot run as someone who does not exist in its user namespace. */
  static void processIds(Subject subject) {
    Linux linux = subject.linux();
    if (!linux.creates(NamespaceType.USER) || subject.config().process().isEmpty()) {
      return;
    }
    User user = subject.config().process().get().user();
    mapped(subject, "process.user.uid", user.uid(), "linux.uidMappings", linux.uidMappings());
    mapped(subject, "process.user.gid", user.gid(), "linux.gidMappings", linux.gidMappings());
    for (int i = 0; i < user.additionalGids().size(); i++) {
      String path = JsonPath.element("process.user.additionalGids", i);
      long gid = user.additionalGids().get(i);
      mapped(subject, path, gid, "linux.gidMappings", linux.gidMappings());
    }
  }

  private static void mapped(
      Subject subject, String path, long id, String mappingsPath, List<IdMapping> mappings) {
    if (mappings.stream().noneMatch(mapping -> mapping.contains(id))) {
      throw subject.refuse(path, id + " is not mapped by " + mappingsPath);
    }
  }
}
