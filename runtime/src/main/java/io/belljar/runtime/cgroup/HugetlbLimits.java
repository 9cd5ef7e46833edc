package io.belljar.runtime.cgroup;

import io.belljar.linux.Errno;
import io.belljar.runtime.InvalidRequestException;
import io.belljar.spec.resources.HugepageLimit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * {@code linux.resources.hugepageLimits} (cgroup-v1/hugetlb.rst; cgroup-v2.rst, "HugeTLB Interface
 * Files"). Pages that are reserved count as those in use do.
 */
record HugetlbLimits(List<HugepageLimit> limits) implements ControllerLimits {
  private static final String PATH = "linux.resources.hugepageLimits";
  private static final String SIZES = "/sys/kernel/mm/hugepages";

  @Override
  public Controller controller() {
    return Controller.HUGETLB;
  }

  @Override
  public String path() {
    return PATH;
  }

  @Override
  public boolean isEmpty() {
    return limits.isEmpty();
  }

  @Override
  public List<GroupWrite> v1(Hierarchy hierarchy) {
    return writes(hierarchy, "limit_in_bytes");
  }

  @Override
  public List<GroupWrite> v2(Hierarchy hierarchy) {
    return writes(hierarchy, "max");
  }

  private List<GroupWrite> writes(Hierarchy hierarchy, String file) {
    List<String> sizes =
        hierarchy.files().names(SIZES).stream()
            .filter(name -> name.matches("hugepages-[0-9]{1,12}kB"))
            .map(name -> size(Long.parseLong(name.substring(10, name.length() - 2))))
            .toList();
    List<GroupWrite> writes = new ArrayList<>();
    for (int i : IntStream.range(0, limits.size()).toArray()) {
      HugepageLimit limit = limits.get(i);
      String path = PATH + "[" + i + "]";
      if (!sizes.contains(limit.pageSize())) {
        throw InvalidRequestException.ofConfig(
            path + ".pageSize",
            "this kernel has no huge pages of \"%s\"; it has %s"
                .formatted(limit.pageSize(), sizes.isEmpty() ? "none" : String.join(", ", sizes)));
      }
      String prefix = "hugetlb." + limit.pageSize() + ".";
      String bytes = Long.toUnsignedString(limit.limit());
      writes.add(GroupWrite.of(prefix + file, bytes, path + ".limit").hiddenAtTop());
      // Reservations are counted since Linux 5.7.
      writes.add(
          GroupWrite.of(prefix + "rsvd." + file, bytes, path + ".limit")
              .hiddenAtTop()
              .tolerating(Errno.ENOENT.number()));
    }
    return writes;
  }

  /** As mm/hugetlb_cgroup.c names its files: {@code 64KB}, {@code 2MB}, {@code 1GB}. */
  static String size(long kilobytes) {
    if (kilobytes >= 1 << 20) {
      return (kilobytes >> 20) + "GB";
    }
    return kilobytes >= 1 << 10 ? (kilobytes >> 10) + "MB" : kilobytes + "KB";
  }
}
