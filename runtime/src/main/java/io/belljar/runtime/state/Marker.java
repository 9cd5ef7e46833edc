package io.belljar.runtime.state;

import io.belljar.linux.proc.ProcessIdentity;
import io.belljar.runtime.ContainerId;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Says that work on a container is under way, and holds what has to be known to undo it, or to
 * finish it, when whoever does it dies.
 *
 * @param id the container
 * @param work what is done
 * @param worker the launcher that does it; when it is dead, the work is anybody's to clean up
 * @param space where the worker is a process
 * @param groups the container's control groups: absolute directories
 * @param belongings directories that go with it
 */
public record Marker(
    ContainerId id,
    Work work,
    ProcessIdentity worker,
    ProcessSpace space,
    List<String> groups,
    List<Path> belongings) {
  /** What is done. */
  public enum Work {
    /** The container is made: there is none, should it stop here. */
    CREATE("create"),
    /** The container is removed: there is none, wherever it stops. */
    REMOVE("remove");

    private final String word;

    Work(String word) {
      this.word = word;
    }

    String word() {
      return word;
    }

    static Optional<Work> of(String word) {
      for (Work work : values()) {
        if (work.word.equals(word)) {
          return Optional.of(work);
        }
      }
      return Optional.empty();
    }
  }

  public Marker {
    groups = List.copyOf(groups);
    belongings = List.copyOf(belongings);
  }
}
