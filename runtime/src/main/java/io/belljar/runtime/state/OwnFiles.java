package io.belljar.runtime.state;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/**
 * What a container's directory can hold. Nothing else is ever removed: a root can be any directory
 * of the caller's, named by mistake or by a variable that was not set.
 */
public final class OwnFiles {
  /** The state itself. */
  public static final String STATE = "state.json";

  /** Its process: its id and its start time. */
  public static final String PID = "pid";

  /** The fifo at which the process of a created container waits. */
  public static final String FIFO = "exec.fifo";

  /** How the process ended. */
  public static final String EXIT = "exit";

  /** What its monitor keeps of its output. */
  public static final String LOG = "log";

  /** What was the log before it was begun anew. */
  public static final String OLDER_LOG = "log.1";

  /** The socket at which its monitor lets others attach. */
  public static final String ATTACH = "attach";

  static final String MEMORY_KILLS = "memory-kills";

  private static final String DRAFT = ".tmp";

  private static final Set<String> NAMES =
      Set.of(
          STATE,
          MEMORY_KILLS,
          PID,
          EXIT,
          FIFO,
          Names.NAME,
          StateFiles.UNFINISHED + Names.NAME,
          ATTACH,
          LOG,
          OLDER_LOG);

  // inode(7)
  private static final int TYPE = 0170000;
  private static final int DIRECTORY = 0040000;
  private static final int OTHERS = 0077;

  private OwnFiles() {}

  /** Whether it is the name of a file that is made beside a state, or of its draft. */
  static boolean isOwn(String name) {
    return NAMES.contains(
        name.endsWith(DRAFT) ? name.substring(0, name.length() - DRAFT.length()) : name);
  }

  /**
   * Whether a directory without a state is what is left of a container's: a private one, with
   * nothing in it that a container's does not have.
   */
  static boolean areRemains(Path directory) {
    try {
      Map<String, Object> attributes =
          Files.readAttributes(directory, "unix:mode", LinkOption.NOFOLLOW_LINKS);
      int mode = (Integer) attributes.get("mode");
      return (mode & TYPE) == DIRECTORY
          && (mode & OTHERS) == 0
          && StateFiles.names(directory).stream()
              .allMatch(name ->
                  isOwn(name)
                      && !Files.isDirectory(directory.resolve(name), LinkOption.NOFOLLOW_LINKS));
    } catch (NoSuchFileException _) {
      return false;
    } catch (IOException e) {
      throw new StateException("look at", directory, e);
    }
  }
}
