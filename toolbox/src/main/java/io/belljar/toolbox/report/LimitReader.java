package io.belljar.toolbox.report;

import io.belljar.linux.cgroup.CgroupLayout;
import io.belljar.linux.cgroup.CgroupPlace;
import io.belljar.linux.proc.CgroupMembership;
import io.belljar.runtime.cgroup.GroupFiles;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * Reads the limits that hold for a process: the strictest of its control group and those above it,
 * and the present use.
 *
 * @param layout the hierarchies that the reader has mounted
 * @param groups where the process is in each
 */
record LimitReader(CgroupLayout layout, List<CgroupMembership> groups, GroupFiles files) {
  /** What version 1 has for no memory limit: the largest multiple of a page. */
  private static final long NO_LIMIT = 1L << 60;

  List<LimitFact> read() {
    List<LimitFact> facts = new ArrayList<>();
    for (Resource resource : Resource.values()) {
      fact(resource).ifPresent(facts::add);
    }
    return List.copyOf(facts);
  }

  private enum Resource {
    MEMORY(
        "memory", "memory.limit_in_bytes", "memory.usage_in_bytes", "memory.max", "memory.current"),
    PIDS("pids", "pids.max", "pids.current", "pids.max", "pids.current"),
    CPU("cpu", "cpu.cfs_quota_us", "", "cpu.max", ""),
    CPUSET("cpuset", "cpuset.cpus", "", "cpuset.cpus", "");

    private final String controller;
    private final String[] files;

    Resource(String controller, String... files) {
      this.controller = controller;
      this.files = files;
    }
  }

  private Optional<LimitFact> fact(Resource resource) {
    boolean v2 = layout.hasV2(resource.controller);
    Optional<CgroupPlace> place =
        v2
            ? layout.v2().map(hierarchy -> hierarchy.place())
            : layout.v1(resource.controller).map(hierarchy -> hierarchy.place());
    Optional<String> path =
        groups.stream()
            .filter(
                group -> v2 ? group.isUnified() : group.controllers().contains(resource.controller))
            .map(CgroupMembership::path)
            .findFirst();
    if (place.isEmpty() || path.isEmpty()) {
      return Optional.empty();
    }
    String limitFile = resource.files[v2 ? 2 : 0];
    String useFile = resource.files[v2 ? 3 : 1];
    Optional<String> directory = place.get().directoryOf(path.get());
    Optional<String> use =
        useFile.isEmpty()
            ? Optional.empty()
            : directory
                .flatMap(d -> files.text(d + "/" + useFile))
                .map(text -> use(resource, text));
    return Optional.of(
        new LimitFact(
            resource.controller,
            limit(resource, place.get(), path.get(), limitFile),
            use,
            path.get()));
  }

  private static String use(Resource resource, String text) {
    return resource == Resource.MEMORY ? Bytes.describe(Long.parseLong(text)) : text;
  }

  private Optional<String> limit(Resource resource, CgroupPlace place, String path, String file) {
    BiFunction<String, String, Optional<Amount>> parse =
        (directory, text) -> amount(resource, directory, text);
    Optional<Amount> strictest = Optional.empty();
    for (String group = path; ; group = parent(group)) {
      Optional<Amount> here =
          place
              .directoryOf(group)
              .flatMap(d -> files.text(d + "/" + file).flatMap(text -> parse.apply(d, text)));
      boolean root = group.equals("/") || group.isEmpty();
      if (here.isPresent()
          && !(root && resource == Resource.CPUSET)
          && strictest.filter(found -> found.amount <= here.get().amount).isEmpty()) {
        strictest = here;
      }
      if (root || group.startsWith("/..")) {
        return strictest.map(Amount::text);
      }
    }
  }

  private record Amount(double amount, String text) {}

  private Optional<Amount> amount(Resource resource, String directory, String text) {
    return switch (resource) {
      case MEMORY -> number(text).map(n -> new Amount(n, Bytes.describe(n)));
      case PIDS -> number(text).map(n -> new Amount(n, Long.toString(n)));
      case CPU -> processors(directory, text);
      case CPUSET ->
          text.isEmpty() ? Optional.empty() : Optional.of(new Amount(text.length(), text));
    };
  }

  private static Optional<Long> number(String text) {
    return text.matches("[0-9]{1,18}")
        ? Optional.of(Long.parseLong(text)).filter(n -> n < NO_LIMIT)
        : Optional.empty();
  }

  private Optional<Amount> processors(String directory, String text) {
    String[] words =
        text.contains(" ")
            ? text.split(" ")
            : new String[] {text, files.text(directory + "/cpu.cfs_period_us").orElse("100000")};
    if (!words[0].matches("[0-9]{1,15}") || !words[1].matches("[1-9][0-9]{0,15}")) {
      return Optional.empty();
    }
    double processors = Double.parseDouble(words[0]) / Double.parseDouble(words[1]);
    return Optional.of(new Amount(processors, "%.2f processors".formatted(processors)));
  }

  private static String parent(String group) {
    int slash = group.lastIndexOf('/');
    return slash <= 0 ? "/" : group.substring(0, slash);
  }
}
