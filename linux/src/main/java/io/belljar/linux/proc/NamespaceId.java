package io.belljar.linux.proc;

import java.nio.file.Path;
import java.util.Optional;

/**
 * A namespace, as the link in /proc/PID/ns names it (namespaces(7)).
 *
 * @param type the kernel's word before the colon: {@code mnt}, {@code pid}, …
 * @param inode the number in brackets, unique among the namespaces that exist
 */
public record NamespaceId(String type, long inode) {
  static NamespaceId parse(Path link, String target) {
    return parse(target).orElseThrow(() -> new ProcException(link, "not a namespace: " + target));
  }

  /** What {@link #toString} writes, and links in /proc/PID/ns and /proc/PID/fd hold. */
  public static Optional<NamespaceId> parse(String text) {
    int open = text.indexOf(":[");
    if (open < 1 || !text.endsWith("]") || text.indexOf('/') >= 0) {
      return Optional.empty();
    }
    return Numbers.parseLong(text.substring(open + 2, text.length() - 1))
        .map(inode -> new NamespaceId(text.substring(0, open), inode));
  }

  /** The kernel's own form: {@code mnt:[4026531840]}. */
  @Override
  public String toString() {
    return type + ":[" + inode + "]";
  }
}
