package io.belljar.cli.container;

import io.belljar.linux.file.Names;
import io.belljar.plan.WireText;
import java.nio.file.Path;

/**
 * An operand of cp, read as Docker reads it: {@code CONTAINER:PATH}, or a path of the host when it
 * has no colon, or begins with a slash or a dot; {@code -} is standard input or output.
 *
 * @param container the container as it was named, or nothing
 * @param path the path as it was typed
 */
record CopyPath(String container, String path) {
  static CopyPath of(String operand) {
    int colon = operand.indexOf(':');
    boolean local = colon < 0 || operand.startsWith("/") || operand.startsWith(".");
    return local
        ? new CopyPath("", operand)
        : new CopyPath(operand.substring(0, colon), operand.substring(colon + 1));
  }

  boolean isInContainer() {
    return !container.isEmpty();
  }

  boolean isStream() {
    return container.isEmpty() && path.equals("-");
  }

  /** As the kernel has it. */
  String name() {
    return Names.of(WireText.encode(path));
  }

  /** As the kernel has it, absolute: slashes at its end mean something, so they stay. */
  String nameFrom(Path directory) {
    return path.startsWith("/")
        ? name()
        : Names.of(WireText.encode(directory.toString())) + "/" + name();
  }
}
