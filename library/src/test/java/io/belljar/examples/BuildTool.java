package io.belljar.examples;

import io.belljar.Container;
import io.belljar.ExitStatus;
import io.belljar.Isolation;
import io.belljar.Mount;
import io.belljar.Root;
import java.nio.file.Path;

/**
 * Runs make on a project that was downloaded: it may write to the project's directory and to
 * nothing else, and has no network. Its output goes where this program's goes.
 */
public final class BuildTool {
  private BuildTool() {}

  /** Builds a target. */
  public static ExitStatus make(Path project, String target) throws InterruptedException {
    var isolation =
        Isolation.of(Root.hostPrograms("make", "sh", "cp", "cat"), "make", "-s", target)
            .mount(Mount.bind(project, "/project"))
            .mount(Mount.temporary("/tmp", "size=64m"))
            .workingDirectory("/project")
            .readOnlyRoot()
            .limits(limits -> limits.memory(256 << 20).processes(100))
            .inheritStreams()
            .build();
    try (Container container = isolation.start()) {
      return container.waitFor();
    }
  }
}
