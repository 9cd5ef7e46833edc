package io.belljar.toolbox.unshare;

import io.belljar.linux.proc.ProcFs;
import io.belljar.runtime.user.PasswordFile;
import io.belljar.toolbox.command.Refusal;
import io.belljar.toolbox.command.ToolCaller;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * What a plan of unshare depends on besides its options.
 *
 * @param caller who asks
 * @param capabilities those that the kernel knows, as a mask
 * @param accounts the host's users and groups
 * @param files small files by path, empty where there is none: /etc/subuid, /proc/self/uid_map
 * @param programs where a program is in the caller's PATH
 */
public record UnshareFacts(
    ToolCaller caller,
    long capabilities,
    Supplier<PasswordFile> accounts,
    Lookup files,
    Lookup programs) {
  private static final int MOST_BYTES = 1 << 20;

  /** Finds a text by a name. */
  @FunctionalInterface
  public interface Lookup {
    /** Empty where there is none. */
    Optional<String> find(String name);
  }

  /** Of the machine, as the caller sees it. Files are read when a plan asks for them. */
  public static UnshareFacts gather(ToolCaller caller) {
    int last = ProcFs.host().lastCapability();
    return new UnshareFacts(
        caller,
        last >= Long.SIZE - 1 ? -1L : (1L << (last + 1)) - 1,
        () -> PasswordFile.read(Path.of("/")),
        UnshareFacts::read,
        name -> find(name, caller.variable("PATH").orElse("/bin:/usr/bin")));
  }

  private static Optional<String> read(String file) {
    Path path = Path.of(file);
    if (!Files.exists(path)) {
      return Optional.empty();
    }
    try (var stream = Files.newInputStream(path)) {
      return Optional.of(new String(stream.readNBytes(MOST_BYTES), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new Refusal("could not open '" + file + "': " + e.getMessage());
    }
  }

  private static Optional<String> find(String name, String path) {
    return Stream.of(path.split(":", -1))
        .filter(directory -> directory.startsWith("/"))
        .map(directory -> Path.of(directory, name))
        .filter(program -> Files.isRegularFile(program) && Files.isExecutable(program))
        .findFirst()
        .map(Path::toString);
  }
}
