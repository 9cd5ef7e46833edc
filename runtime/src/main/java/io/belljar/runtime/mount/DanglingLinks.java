package io.belljar.runtime.mount;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/**
 * Mount points behind symbolic links of the image that lead to nothing: {@code /etc/resolv.conf ->
 * ../run/systemd/resolve/stub-resolv.conf} in an image that never ran. As runc does, the link's
 * target is made, inside the root, and not the link replaced.
 *
 * <p>What is found here only chooses a name. The launcher resolves it inside the root once more, so
 * whoever changes the links meanwhile changes where inside the root the mount point is.
 */
final class DanglingLinks {
  private static final int MAX_LINKS = 40;

  private DanglingLinks() {}

  /**
   * The path to make instead.
   *
   * @param root the container's root on the host
   * @param path relative to the root, without {@code ..}
   * @return the same path, unless it leads through a link to nothing
   */
  static String follow(Path root, String path) {
    String wanted = path;
    for (int links = 0; links < MAX_LINKS; links++) {
      Path place = root;
      String done = "";
      String rest = wanted;
      boolean followed = false;
      while (!rest.isEmpty() && !followed) {
        int slash = rest.indexOf('/');
        String name = slash < 0 ? rest : rest.substring(0, slash);
        rest = slash < 0 ? "" : rest.substring(slash + 1);
        place = place.resolve(name);
        if (Files.isSymbolicLink(place)) {
          wanted = InRoot.path(target(place, done) + "/" + rest);
          followed = true;
        } else if (!Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
          return links == 0 ? path : wanted;
        }
        done = done + "/" + name;
      }
      if (!followed) {
        return path;
      }
    }
    return path;
  }

  private static String target(Path link, String directory) {
    try {
      String target = Files.readSymbolicLink(link).toString();
      return target.startsWith("/") ? target : directory + "/" + target;
    } catch (IOException _) {
      return directory; // gone meanwhile; the launcher says what is wrong with what is there then
    }
  }
}
