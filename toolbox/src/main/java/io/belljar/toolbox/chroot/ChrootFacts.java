package io.belljar.toolbox.chroot;

import io.belljar.runtime.user.PasswordFile;
import io.belljar.toolbox.command.ToolCaller;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What a plan of chroot depends on besides its options.
 *
 * @param caller who asks
 * @param isOldRoot whether the new root is the old one
 * @param accounts where names are looked up: in the new root first, whose files are hostile, then
 *     in the caller's
 */
public record ChrootFacts(
    ToolCaller caller, boolean isOldRoot, Supplier<List<PasswordFile>> accounts) {
  /**
   * Of the machine.
   *
   * @param directory what a relative root counts from
   */
  public static ChrootFacts gather(ToolCaller caller, Path directory, String root) {
    Optional<Path> path = real(directory.resolve(root));
    boolean isOldRoot = path.filter(Path.of("/")::equals).isPresent();
    PasswordFile nobody = PasswordFile.of(Optional.empty(), Optional.empty());
    return new ChrootFacts(
        caller,
        isOldRoot,
        () ->
            List.of(
                path.filter(Files::isDirectory).map(PasswordFile::read).orElse(nobody),
                isOldRoot ? nobody : PasswordFile.read(Path.of("/"))));
  }

  private static Optional<Path> real(Path path) {
    try {
      return Optional.of(path.toRealPath());
    } catch (IOException missing) {
      return Optional.empty();
    }
  }
}
