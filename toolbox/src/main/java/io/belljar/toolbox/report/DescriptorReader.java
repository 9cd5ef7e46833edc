package io.belljar.toolbox.report;

import io.belljar.linux.FileMode;
import io.belljar.linux.OpenFlags;
import io.belljar.linux.file.Descriptor;
import io.belljar.linux.file.FileException;
import io.belljar.linux.file.FileStatus;
import io.belljar.linux.file.MountGuard;
import io.belljar.linux.file.Names;
import io.belljar.linux.proc.MountInfo;
import io.belljar.linux.proc.MountTable;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds the open descriptors of a process that lead to files outside of what it sees by path: those
 * on a mount that is not in its mount table (fdinfo's mnt_id, proc(5)).
 */
final class DescriptorReader {
  private static final int MOST = 65_536;
  private static final FileStatus.Device NULL_DEVICE = new FileStatus.Device(1, 3);

  private final Path process;
  private final String root;
  private final boolean ofReadersMounts;
  private final Set<Integer> mounts;
  private final MountGuard guard;

  /**
   * @param process /proc/PID
   * @param table the process's mounts
   * @param root its root directory as the reader sees it
   * @param ofReadersMounts whether reader and process are in the same mount namespace: then paths
   *     can be compared
   * @param guard of the mounts of the process
   */
  DescriptorReader(
      Path process, MountTable table, String root, boolean ofReadersMounts, MountGuard guard) {
    this.guard = guard;
    this.process = process;
    this.root = root;
    this.ofReadersMounts = ofReadersMounts;
    this.mounts = table.all().stream().map(MountInfo::id).collect(Collectors.toSet());
  }

  List<DescriptorFact> outside() throws IOException {
    List<DescriptorFact> found = new ArrayList<>();
    try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(process.resolve("fd"))) {
      int seen = 0;
      for (Path descriptor : descriptors) {
        if (seen++ < MOST) {
          outside(descriptor).ifPresent(found::add);
        }
      }
    } catch (AccessDeniedException e) {
      throw new IOException("permission denied", e);
    }
    found.sort(Comparator.comparingInt(DescriptorFact::number));
    return List.copyOf(found);
  }

  private Optional<DescriptorFact> outside(Path descriptor) throws IOException {
    String name = descriptor.getFileName().toString();
    try {
      String target = Files.readSymbolicLink(descriptor).toString();
      List<String> info = Files.readAllLines(process.resolve("fdinfo").resolve(name));
      int flags = (int) field(info, "flags", 8);
      boolean directory = (flags & OpenFlags.O_DIRECTORY) != 0;
      if (!target.startsWith("/") || isUnnamed(target, directory)) {
        return Optional.empty(); // a pipe, a socket, or memory: on no mount
      }
      if (target.endsWith("/null") && isNullDevice(descriptor)) {
        return Optional.empty();
      }
      boolean outside =
          ofReadersMounts
              ? !isBelowRoot(target)
              : !mounts.contains((int) field(info, "mnt_id", 10));
      boolean writable =
          (flags & OpenFlags.O_ACCMODE) != OpenFlags.O_RDONLY && (flags & OpenFlags.O_PATH) == 0;
      return outside
          ? Optional.of(new DescriptorFact(Integer.parseInt(name), target, directory, writable))
          : Optional.empty();
    } catch (NoSuchFileException _) {
      return Optional.empty(); // closed meanwhile
    }
  }

  /** What is on a mount that may not be asked is not known to be it. */
  private boolean isNullDevice(Path descriptor) {
    try (Descriptor file = Descriptor.open(Names.of(descriptor), OpenFlags.O_PATH).guarded(guard)) {
      FileStatus status = file.status();
      return status.kind() == FileMode.S_IFCHR && status.special().equals(NULL_DEVICE);
    } catch (FileException _) {
      return false;
    }
  }

  private static boolean isUnnamed(String target, boolean directory) {
    return !directory
        && (target.startsWith("/memfd:")
            || target.startsWith("/SYSV")
            || target.startsWith("/dmabuf:")
            || target.equals("/dev/zero (deleted)"));
  }

  private boolean isBelowRoot(String target) {
    return root.equals("/") || target.equals(root) || target.startsWith(root + "/");
  }

  private static long field(List<String> info, String name, int radix) {
    return info.stream()
        .filter(line -> line.startsWith(name + ":"))
        .map(line -> Long.parseLong(line.substring(name.length() + 1).strip(), radix))
        .findFirst()
        .orElse(0L);
  }
}
