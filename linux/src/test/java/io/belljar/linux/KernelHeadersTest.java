package io.belljar.linux;

import static org.assertj.core.api.Assertions.assertThat;

import io.belljar.linux.mount.FsconfigCommand;
import io.belljar.linux.mount.MountAttributes;
import io.belljar.linux.mount.MountFlags;
import io.belljar.linux.mount.MoveMountFlags;
import io.belljar.linux.mount.OpenTreeFlags;
import io.belljar.linux.mount.UnmountFlags;
import io.belljar.linux.seccomp.SeccompFlags;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every number in this module's tables is the one in the headers of this machine. */
class KernelHeadersTest {
  @TempDir private Path directory;

  @Test
  void agreesWithTheHeadersOfTheKernelOnMacros() throws Exception {
    Map<String, Long> expected = new LinkedHashMap<>();
    for (Capability capability : Capability.values()) {
      expected.put(capability.name(), (long) capability.number());
    }
    for (Errno errno : Errno.values()) {
      expected.put(errno.name(), (long) errno.number());
    }
    for (ResourceLimit limit : ResourceLimit.values()) {
      expected.put(limit.name(), (long) limit.number());
    }
    for (SchedulingPolicy policy : SchedulingPolicy.values()) {
      expected.put(policy.name(), (long) policy.number());
    }
    expected.putAll(CloneFlags.TABLE.values());
    expected.putAll(ResolveFlags.TABLE.values());
    expected.putAll(CloseRangeFlags.TABLE.values());
    expected.putAll(SecureBits.TABLE.values());
    expected.putAll(SchedulerFlags.TABLE.values());
    expected.putAll(MemfdFlags.TABLE.values());
    expected.putAll(MountFlags.TABLE.values());
    expected.putAll(MountAttributes.TABLE.values());
    expected.putAll(MoveMountFlags.TABLE.values());
    expected.putAll(SeccompFlags.TABLE.values());
    expected.putAll(MemoryPolicyFlags.TABLE.values());
    expected.put("PROC_SUPER_MAGIC", FilesystemMagic.PROC.number());
    expected.put("SYSFS_MAGIC", FilesystemMagic.SYSFS.number());
    expected.put("TMPFS_MAGIC", FilesystemMagic.TMPFS.number());
    expected.put("CGROUP_SUPER_MAGIC", FilesystemMagic.CGROUP.number());
    expected.put("CGROUP2_SUPER_MAGIC", FilesystemMagic.CGROUP2.number());
    expected.put("DEVPTS_SUPER_MAGIC", FilesystemMagic.DEVPTS.number());
    expected.put("OVERLAYFS_SUPER_MAGIC", FilesystemMagic.OVERLAYFS.number());
    expected.put("NSFS_MAGIC", FilesystemMagic.NSFS.number());
    expected.put("SECURITYFS_MAGIC", FilesystemMagic.SECURITYFS.number());
    expected.put("SELINUX_MAGIC", FilesystemMagic.SELINUXFS.number());
    expected.put("BPF_FS_MAGIC", FilesystemMagic.BPF.number());
    List<String> headers =
        List.of(
            "linux/capability.h",
            "linux/errno.h",
            "linux/resource.h",
            "linux/sched.h",
            "linux/openat2.h",
            "linux/close_range.h",
            "linux/securebits.h",
            "linux/memfd.h",
            "linux/mount.h",
            "linux/seccomp.h",
            "linux/mempolicy.h",
            "linux/magic.h");
    // The header has SCHED_NORMAL where OCI documents and the C library have SCHED_OTHER.
    compare(headers, expected, Map.of());
  }

  @Test
  void agreesWithTheHeadersOfTheKernelOnEnumerators() throws Exception {
    Map<String, Long> expected = new LinkedHashMap<>();
    for (FsconfigCommand command : FsconfigCommand.values()) {
      if (command != FsconfigCommand.FSCONFIG_CMD_CREATE_EXCL) { // since Linux 6.6
        expected.put(command.name(), (long) command.number());
      }
    }
    for (IoPriorityClass priority : IoPriorityClass.values()) {
      expected.put(priority.name(), (long) priority.number());
    }
    expected.put("IOPRIO_WHO_PROCESS", (long) IoPriorityClass.WHO_PROCESS);
    expected.putAll(PersonalityFlags.TABLE.values());
    expected.put("MPOL_DEFAULT", (long) MemoryPolicyFlags.MPOL_DEFAULT);
    expected.put("MPOL_BIND", (long) MemoryPolicyFlags.MPOL_BIND);
    expected.put("MPOL_INTERLEAVE", (long) MemoryPolicyFlags.MPOL_INTERLEAVE);
    expected.put("MPOL_LOCAL", (long) MemoryPolicyFlags.MPOL_LOCAL);
    expected.put("MPOL_PREFERRED", (long) MemoryPolicyFlags.MPOL_PREFERRED);
    expected.put("MPOL_PREFERRED_MANY", (long) MemoryPolicyFlags.MPOL_PREFERRED_MANY);
    compare(
        List.of("linux/mount.h", "linux/ioprio.h", "linux/personality.h", "linux/mempolicy.h"),
        Map.of(),
        expected);
  }

  @Test
  void agreesWithTheHeadersOfTheCompilersLibrary() throws Exception {
    Map<String, Long> expected = new LinkedHashMap<>();
    expected.putAll(OpenFlags.TABLE.values());
    expected.putAll(AtFlags.TABLE.values());
    expected.put("AT_FDCWD", (long) AtFlags.AT_FDCWD);
    expected.putAll(FileMode.TABLE.values());
    expected.putAll(SealFlags.TABLE.values());
    expected.putAll(OpenTreeFlags.TABLE.values());
    expected.putAll(UnmountFlags.TABLE.values());
    expected.put("SCHED_OTHER", (long) SchedulingPolicy.SCHED_OTHER.number());
    for (int number = 1; number <= 31; number++) {
      expected.put(new Signal(number).name(), (long) number);
    }
    expected.put("SIGRTMIN", (long) Signal.RTMIN);
    expected.put("SIGRTMAX", (long) Signal.RTMAX);
    compare(
        List.of("fcntl.h", "sys/stat.h", "sys/mount.h", "signal.h", "sched.h"), expected, Map.of());
  }

  private void compare(
      List<String> headers, Map<String, Long> macros, Map<String, Long> enumerators)
      throws IOException, InterruptedException {
    Map<String, Long> actual =
        KernelHeaders.values(directory, headers, macros.keySet(), enumerators.keySet());
    Map<String, Long> expected = new LinkedHashMap<>(macros);
    expected.putAll(enumerators);
    Set<String> missing = new TreeSet<>(expected.keySet());
    missing.removeAll(actual.keySet());
    expected.keySet().retainAll(actual.keySet());
    assertThat(actual).isEqualTo(expected);
    assertThat(missing)
        .as("names that older headers may lack")
        .isSubsetOf(
            "MOVE_MOUNT_BENEATH",
            "SCHED_OTHER",
            "SCHED_ISO",
            "SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV");
  }
}
