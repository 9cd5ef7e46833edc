package io.belljar.linux.proc;

import io.belljar.linux.NamespaceKind;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A proc file system, typed (proc(5)). Everything that a method returns for a process is empty when
 * there is no such process, also when it ends while its file is read.
 *
 * <p>Every method throws {@link ProcException} for a file that is larger than it can honestly be,
 * that may not be read, or that is not of its form.
 *
 * @param root where it is mounted: /proc, or a directory of files like it
 */
public record ProcFs(Path root) {
  private static final LastText<MountTable> MOUNTS = new LastText<>(MountTable::parse);
  private static final LastText<List<CgroupMembership>> MEMBERSHIPS =
      new LastText<>(CgroupMembership::parseAll);

  private static final int SMALL = 64 << 10;
  private static final int LARGE = 32 << 20;
  private static final int SHOWN_BYTES = 16 << 10;
  private static final int SHOWN_ARGUMENTS = 256;
  private static final int LEAST_SHOWN = 256;
  private static final int SHOWN_TOGETHER = 4 << 20;
  private static final int BYTES_AN_ARGUMENT = 16;

  /** The proc file system at /proc. */
  public static ProcFs host() {
    return new ProcFs(Path.of("/proc"));
  }

  /** /proc/PID/stat. */
  public Optional<ProcessStat> stat(int pid) {
    Path directory = directory(pid);
    Path file = directory.resolve("stat");
    return BoundedFile.readWhole(file, directory, SMALL).map(text -> ProcessStat.parse(file, text));
  }

  /** What /proc/PID/stat says of its resources. */
  public Optional<ProcessResources> resources(int pid) {
    return read(pid, "stat", SMALL).map(text -> ProcessResources.parse(file(pid, "stat"), text));
  }

  /** /proc/PID/status. */
  public Optional<ProcessStatus> status(int pid) {
    return read(pid, "status", SMALL).map(text -> ProcessStatus.parse(file(pid, "status"), text));
  }

  /** Who this process is, beyond its number: empty when there is none, also for a zombie. */
  public Optional<ProcessIdentity> identify(int pid) {
    return stat(pid).filter(ProcessStat::isAlive).map(s -> new ProcessIdentity(pid, s.startTime()));
  }

  /** Whether this very process still runs; a zombie does not. */
  public boolean isAlive(ProcessIdentity process) {
    return stat(process.pid())
        .filter(s -> s.isAlive() && s.startTime() == process.startTime())
        .isPresent();
  }

  /** The mounts of this process's mount namespace below its root: /proc/PID/mountinfo. */
  public Optional<MountTable> mounts(int pid) {
    return read(pid, "mountinfo", LARGE).map(MOUNTS::parse);
  }

  /** The mounts that the caller sees: /proc/self/mountinfo. */
  public MountTable mounts() {
    Path file = root.resolve("self/mountinfo");
    return BoundedFile.read(file, root, LARGE)
        .map(MOUNTS::parse)
        .orElseThrow(() -> new ProcException(file, "no such file; is /proc mounted?"));
  }

  /** The cgroups of this process, one per hierarchy: /proc/PID/cgroup (cgroups(7)). */
  public Optional<List<CgroupMembership>> cgroups(int pid) {
    Optional<String> text = read(pid, "cgroup", 1 << 20);
    Optional<List<CgroupMembership>> memberships = text.map(MEMBERSHIPS::parse);
    if (memberships.isPresent() && memberships.get().isEmpty() && !text.get().isBlank()) {
      throw new ProcException(
          file(pid, "cgroup"), "no line of the form hierarchy:controllers:path");
    }
    return memberships;
  }

  /** What the interfaces of its network namespace have carried: /proc/PID/net/dev. */
  public Optional<NetworkTraffic> traffic(int pid) {
    return read(pid, "net/dev", 1 << 20).map(NetworkTraffic::parse);
  }

  /** The namespace of this kind that it is in; empty also where the kernel lacks the kind. */
  public Optional<NamespaceId> namespace(int pid, NamespaceKind kind) {
    return namespaceLink(pid, kind.procName());
  }

  /** The namespace of this kind that its children will be in (differs for pid and time). */
  public Optional<NamespaceId> namespaceForChildren(int pid, NamespaceKind kind) {
    return namespaceLink(pid, kind.childrenProcName());
  }

  private Optional<NamespaceId> namespaceLink(int pid, String name) {
    Path link = file(pid, "ns").resolve(name);
    try {
      return Optional.of(NamespaceId.parse(link, Files.readSymbolicLink(link).toString()));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (AccessDeniedException e) {
      throw new ProcException(link, "permission denied", e);
    } catch (IOException e) {
      if (Files.notExists(file(pid, "stat"))) {
        return Optional.empty();
      }
      throw new ProcException(link, String.valueOf(e.getMessage()), e);
    }
  }

  /** /proc/PID/uid_map (user_namespaces(7)): empty list while it has not been written. */
  public Optional<List<IdMapping>> uidMap(int pid) {
    return read(pid, "uid_map", SMALL).map(t -> IdMapping.parseAll(file(pid, "uid_map"), t));
  }

  /** /proc/PID/gid_map (user_namespaces(7)): empty list while it has not been written. */
  public Optional<List<IdMapping>> gidMap(int pid) {
    return read(pid, "gid_map", SMALL).map(t -> IdMapping.parseAll(file(pid, "gid_map"), t));
  }

  /**
   * The command line to be shown, one string per argument; empty list for kernel threads and
   * zombies. The process chooses what it holds, and of all that are shown together it must fit into
   * memory: so no more than the first 16 KiB and 256 arguments of it, and of many processes their
   * part of 4 MiB, 256 bytes and 16 arguments at least.
   *
   * @param together how many processes are shown
   */
  public Optional<List<String>> commandLine(int pid, int together) {
    int bytes = Math.clamp(SHOWN_TOGETHER / Math.max(together, 1), LEAST_SHOWN, SHOWN_BYTES);
    int arguments = Math.min(bytes / BYTES_AN_ARGUMENT, SHOWN_ARGUMENTS);
    return BoundedFile.beginning(file(pid, "cmdline"), directory(pid), bytes)
        .map(BoundedFile::utf8)
        .map(text ->
            text.isEmpty() ? List.of() : Arrays.stream(text.split("\0")).limit(arguments).toList());
  }

  /** The numbers of all processes (thread groups) that are visible, ascending. */
  public List<Integer> processes() {
    List<Integer> pids = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(root, "[0-9]*")) {
      for (Path entry : entries) {
        Numbers.parseInt(entry.getFileName().toString()).ifPresent(pids::add);
      }
    } catch (IOException e) {
      throw new ProcException(root, String.valueOf(e.getMessage()), e);
    }
    pids.sort(null);
    return List.copyOf(pids);
  }

  /** The number of the last capability that the kernel knows (/proc/sys/kernel/cap_last_cap). */
  public int lastCapability() {
    Path file = root.resolve("sys/kernel/cap_last_cap");
    String text = readGlobal(file);
    return Numbers.parseInt(text.strip())
        .orElseThrow(() -> new ProcException(file, "not a number: " + text.strip()));
  }

  /** How many bytes of memory the machine has (/proc/meminfo); empty where it does not say. */
  public OptionalLong memory() {
    return readGlobal(root.resolve("meminfo"))
        .lines()
        .filter(line -> line.matches("MemTotal: +[0-9]{1,15} kB"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024)
        .findFirst();
  }

  /** The names of the file systems that the kernel can mount now (/proc/filesystems). */
  public Set<String> filesystems() {
    Set<String> names = new LinkedHashSet<>();
    readGlobal(root.resolve("filesystems"))
        .lines()
        .map(line -> line.substring(line.indexOf('\t') + 1).strip())
        .filter(name -> !name.isEmpty())
        .forEach(names::add);
    return names;
  }

  /** A sysctl's value without its newline (/proc/sys/…), empty when the kernel has none of it. */
  public Optional<String> sysctl(String name) {
    Path file = root.resolve("sys").resolve(name.replace('.', '/'));
    return BoundedFile.read(file, root, SMALL).map(String::strip);
  }

  /** A sysctl that is a number from 0, empty when it is not there or not one. */
  public OptionalInt sysctlNumber(String name) {
    return sysctl(name)
        .flatMap(Numbers::parseInt)
        .map(OptionalInt::of)
        .orElseGet(OptionalInt::empty);
  }

  private String readGlobal(Path file) {
    return BoundedFile.read(file, root, 1 << 20)
        .orElseThrow(() -> new ProcException(file, "no such file; is /proc mounted?"));
  }

  private Optional<String> read(int pid, String name, int limit) {
    return BoundedFile.read(file(pid, name), directory(pid), limit);
  }

  private Path directory(int pid) {
    return root.resolve(Integer.toString(pid));
  }

  private Path file(int pid, String name) {
    return directory(pid).resolve(name);
  }

  /** The lines of a text without empty ones. */
  static List<String> lines(String text) {
    return parts(text, '\n');
  }

  /** What stands between tabs and spaces. */
  static List<String> words(String text) {
    return parts(text.replace('\t', ' '), ' ');
  }

  private static List<String> parts(String text, char separator) {
    List<String> parts = new ArrayList<>();
    int start = 0;
    while (start < text.length()) {
      int found = text.indexOf(separator, start);
      int end = found < 0 ? text.length() : found;
      if (end > start) {
        parts.add(text.substring(start, end));
      }
      start = end + 1;
    }
    return parts;
  }
}
