package io.belljar.linux.proc;

import java.nio.file.Path;

/**
 * A namespace, as the link in /proc/PID/ns names it (namespaces(7)).
 *
 * @param type the kernel's word before the colon: {@code mnt}, {@code pid}, …
 * @param inode the number in brackets, unique among the namespaces that exist
 */
public record NamespaceId(String type, long inode) {
  static NamespaceId parse(Path link, String target) {
    int open = target.indexOf(":[");
    if (open < 1 || !target.endsWith("]")) {
      throw new ProcException(link, "not a namespace: " + target);
    }
    long inode =
        Numbers.parseLong(target.substring(open + 2, target.length() - 1))
            .orElseThrow(() -> new ProcException(link, "not a namespace: " + target));
    return new NamespaceId(target.substring(0, open), inode);
  }

  /** The kernel's own form: {@code mnt:[4026531840]}. */
  @Override
  public String toString() {
    return type + ":[" + inode + "]";
  }
}
