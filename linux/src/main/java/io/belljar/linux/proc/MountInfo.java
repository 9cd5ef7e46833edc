package io.belljar.linux.proc;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * One line of /proc/PID/mountinfo (proc_pid_mountinfo(5)), unescaped.
 *
 * @param id the mount's number
 * @param parent the number of the mount that it is mounted on; for the root its own or none
 * @param root which directory of the file system is mounted
 * @param mountPoint where, seen from the process's root directory
 * @param options per-mount options: {@code rw}, {@code nosuid} …
 * @param optionalFields propagation: {@code shared:1}, {@code master:2} …
 * @param superOptions options of the superblock as the file system prints them, with commas
 */
public record MountInfo(
    int id,
    int parent,
    int major,
    int minor,
    String root,
    String mountPoint,
    List<String> options,
    List<String> optionalFields,
    String type,
    String source,
    String superOptions) {

  /** Whether a per-mount option is set. */
  public boolean hasOption(String option) {
    return options.contains(option);
  }

  /** The options of the superblock, split at commas. */
  public List<String> superOptionList() {
    return List.of(superOptions.split(","));
  }

  /** Whether mount events here travel to other mounts: a {@code shared:N} field. */
  public boolean isShared() {
    return optionalFields.stream().anyMatch(field -> field.startsWith("shared:"));
  }

  /** The mount of this line, or empty when it is not of the documented form. */
  static Optional<MountInfo> parse(String line) {
    String[] fields = line.split(" ", -1);
    int separator = Arrays.asList(fields).indexOf("-");
    if (separator < 6 || fields.length < separator + 4) {
      return Optional.empty();
    }
    String[] device = fields[2].split(":", -1);
    Optional<Integer> id = Numbers.parseInt(fields[0]);
    Optional<Integer> parent = Numbers.parseInt(fields[1]);
    Optional<Integer> major = Numbers.parseInt(device[0]);
    Optional<Integer> minor = Numbers.parseInt(device[device.length - 1]);
    if (device.length != 2
        || id.isEmpty()
        || parent.isEmpty()
        || major.isEmpty()
        || minor.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new MountInfo(
            id.get(),
            parent.get(),
            major.get(),
            minor.get(),
            unescape(fields[3]),
            unescape(fields[4]),
            List.of(fields[5].split(",")),
            List.of(Arrays.copyOfRange(fields, 6, separator)),
            unescape(fields[separator + 1]),
            unescape(fields[separator + 2]),
            unescape(fields[separator + 3])));
  }

  /** Undoes the kernel's escapes of bytes, {@code \040} for a space, then decodes UTF-8. */
  static String unescape(String latin1) {
    if (isPlain(latin1)) {
      return latin1;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(latin1.length());
    for (int i = 0; i < latin1.length(); i++) {
      char c = latin1.charAt(i);
      if (c == '\\' && isOctal(latin1, i + 1)) {
        bytes.write(Integer.parseInt(latin1.substring(i + 1, i + 4), 8));
        i += 3;
      } else {
        bytes.write(c);
      }
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private static boolean isPlain(String latin1) {
    for (int i = 0; i < latin1.length(); i++) {
      char c = latin1.charAt(i);
      if (c >= 0x80 || c == '\\') {
        return false;
      }
    }
    return true;
  }

  private static boolean isOctal(String text, int from) {
    if (from + 3 > text.length() || text.charAt(from) > '3') {
      return false;
    }
    return text.substring(from, from + 3).chars().allMatch(c -> c >= '0' && c <= '7');
  }
}
