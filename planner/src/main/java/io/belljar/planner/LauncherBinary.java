package io.belljar.planner;

import io.belljar.linux.process.ProcessException;
import io.belljar.linux.process.Program;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The launcher that belongs to this planner.
 *
 * <p>A distribution names its own by a system property. Elsewhere it comes from the artifact {@code
 * belljar-launcher}, as a resource. Either is copied into memory once, and sealed there: it needs
 * no place from which programs may be executed, and no container can change it.
 */
public final class LauncherBinary {
  /** System property: the launcher's path. */
  public static final String PROPERTY = "belljar.launcher";

  private static final String MODULE = "io.belljar.launcher";

  /** By the property's value: each is read once. */
  private static final Map<String, Program> PROGRAMS = new ConcurrentHashMap<>();

  private LauncherBinary() {}

  /**
   * The launcher for this machine, ready to be executed.
   *
   * @throws LauncherUnavailable when there is none, or it can't be executed here
   */
  public static Program find() {
    return PROGRAMS.computeIfAbsent(System.getProperty(PROPERTY, ""), LauncherBinary::load);
  }

  private static Program load(String named) {
    return named.isEmpty() ? sealed(resource(resourceName())) : named(Path.of(named));
  }

  private static Program named(Path path) {
    if (!Files.isRegularFile(path) || !Files.isExecutable(path)) {
      throw new LauncherUnavailable(
          "the launcher %s (system property %s) is not a file that can be executed"
              .formatted(path, PROPERTY));
    }
    try {
      return sealed(Files.readAllBytes(path));
    } catch (IOException e) {
      throw new LauncherUnavailable("the launcher " + path + " can't be read", e);
    }
  }

  private static Program sealed(byte[] content) {
    try {
      return Program.of("belljar", content);
    } catch (ProcessException e) {
      throw new LauncherUnavailable(
          "the launcher can't be copied into memory to be executed (is vm.memfd_noexec 2?)", e);
    }
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
}
