package io.belljar.planner;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where the launcher is that belongs to this planner.
 *
 * <p>A distribution names its own by a system property. Elsewhere it comes from the artifact {@code
 * belljar-launcher}, as a resource, and is unpacked once per user into a private directory.
 */
public final class LauncherBinary {
  /** System property: the launcher's path. */
  public static final String PROPERTY = "belljar.launcher";

  private static final String MODULE = "io.belljar.launcher";

  private LauncherBinary() {}

  /**
   * The launcher for this machine, ready to be executed.
   *
   * @throws LauncherUnavailable when there is none, or no place from which it may be executed
   */
  public static Path find() {
    String named = System.getProperty(PROPERTY, "");
    return named.isEmpty() ? Unpacked.path() : named(Path.of(named));
  }

  private static Path named(Path path) {
    if (!Files.isRegularFile(path) || !Files.isExecutable(path)) {
      throw new LauncherUnavailable(
          "the launcher %s (system property %s) is not a file that can be executed"
              .formatted(path, PROPERTY));
    }
    return path;
  }

  /** Among the resources, directories are named as uname(1) names machines. */
  private static String resourceName() {
    String name = System.getProperty("os.arch");
    String machine =
        switch (name) {
          case "amd64" -> "x86_64";
          case "aarch64" -> name;
          default ->
              throw new LauncherUnavailable("there is no launcher for the architecture " + name);
        };
    return "io/belljar/launcher/" + machine + "/belljar-launcher";
  }

  static byte[] resource(String name) {
    try (InputStream content = open(name).orElseThrow(() -> missing(name))) {
      return content.readAllBytes();
    } catch (IOException e) {
      throw new LauncherUnavailable("the launcher " + name + " can't be read", e);
    }
  }

  /**
   * On the class path, and on the module path of the same class loader, the class loader finds it,
   * because the module is open. In a layer in which each module has a class loader of its own, only
   * the module does.
   */
  private static Optional<InputStream> open(String name) throws IOException {
    InputStream found = LauncherBinary.class.getClassLoader().getResourceAsStream(name);
    if (found != null) {
      return Optional.of(found);
    }
    Optional<Module> module =
        Optional.ofNullable(LauncherBinary.class.getModule().getLayer())
            .flatMap(layer -> layer.findModule(MODULE));
    return module.isPresent()
        ? Optional.ofNullable(module.get().getResourceAsStream(name))
        : Optional.empty();
  }

  private static LauncherUnavailable missing(String name) {
    return new LauncherUnavailable(
        ("the launcher %s is not there: the artifact io.belljar:belljar-launcher must be on the"
                + " class path, or the module %s on the module path; or name a launcher with -D%s")
            .formatted(name, MODULE, PROPERTY));
  }

  /** Read once, unpacked when it is not there (any more). */
  private static final class Unpacked {
    private static final LauncherCache CACHE = new LauncherCache(resource(resourceName()));

    static Path path() {
      return CACHE.path();
    }
  }
}
