package io.belljar.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A bundle: the default configuration without a terminal, whose parts a test replaces, and a root
 * with busybox. Parts are named by their path, for example {@code process.user.uid}.
 */
public final class Bundle {
  /** The applets that tests use. */
  private static final String APPLETS =
      "arch awk basename cat chmod chown chroot cp cut date dd df dirname echo env false find"
          + " getopt grep head hostname id ifconfig ip kill ln ls mkdir mkfifo mknod mount"
          + " mountpoint mv nc ping ps pwd readlink rm rmdir sed seq sh sleep sort stat stty"
          + " sync tail test top touch tr true tty umount uname wc which whoami xargs yes";

  private final Path directory;
  private Map<String, Object> config;

  private Bundle(Path directory, Map<String, Object> config) {
    this.directory = directory;
    this.config = config;
  }

  /** Makes the bundle in a directory that does not exist yet. */
  static Bundle make(Path directory, String config, String group) {
    try {
      Files.createDirectories(directory);
      makeRoot(directory.resolve("rootfs"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Bundle bundle = new Bundle(directory, Json.object(config));
    return bundle.set("process.terminal", false).set("linux.cgroupsPath", "/" + group);
  }

  /** Makes a root with busybox and what an ordinary root has. */
  public static void makeRoot(Path root) throws IOException {
    for (String name : List.of("bin", "dev", "proc", "sys", "tmp", "etc", "root", "run")) {
      Files.createDirectories(root.resolve(name));
    }
    Path busybox = root.resolve("bin/busybox");
    Files.copy(Path.of("/bin/busybox"), busybox);
    busybox.toFile().setExecutable(true, false);
    for (String applet : APPLETS.split(" ")) {
      Files.createSymbolicLink(root.resolve("bin").resolve(applet), Path.of("busybox"));
    }
    Files.writeString(
        root.resolve("etc/passwd"), "root:x:0:0::/root:/bin/sh\nann:x:1000:1000::/:/bin/sh\n");
    Files.writeString(root.resolve("etc/group"), "root:x:0:\nann:x:1000:\n");
  }

  /** The bundle's directory. */
  public Path directory() {
    return directory;
  }

  /** The directory that becomes the container's root. */
  public Path root() {
    return directory.resolve("rootfs");
  }

  /** The whole configuration, to be changed. */
  public Map<String, Object> config() {
    return config;
  }

  /** What is at a path. */
  public Object get(String path) {
    Object value = config;
    for (String name : path.split("\\.")) {
      value = Json.asObject(value).get(name);
    }
    return value;
  }

  /** Replaces, or adds, what is at a path; objects on the way are made. */
  public Bundle set(String path, Object value) {
    Map<String, Object> object = config;
    String[] names = path.split("\\.");
    for (int i = 0; i < names.length - 1; i++) {
      object = Json.asObject(object.computeIfAbsent(names[i], _ -> new LinkedHashMap<>()));
    }
    object.put(names[names.length - 1], value);
    return this;
  }

  /** Removes what is at a path. */
  public Bundle remove(String path) {
    int dot = path.lastIndexOf('.');
    (dot < 0 ? config : Json.asObject(get(path.substring(0, dot)))).remove(path.substring(dot + 1));
    return this;
  }

  /** Adds to the array at a path. */
  public Bundle add(String path, Object value) {
    Map<String, Object> parent = config;
    String[] names = path.split("\\.");
    for (int i = 0; i < names.length - 1; i++) {
      parent = Json.asObject(parent.computeIfAbsent(names[i], _ -> new LinkedHashMap<>()));
    }
    Json.asList(parent.computeIfAbsent(names[names.length - 1], _ -> new ArrayList<>())).add(value);
    return this;
  }

  /** What the container runs. */
  public Bundle runs(String... words) {
    return set("process.args", new ArrayList<Object>(List.of(words)));
  }

  /** The container runs a script of sh. */
  public Bundle script(String script) {
    return runs("sh", "-c", script);
  }

  /** A further mount. */
  public Bundle mount(String type, String source, String destination, String... options) {
    return add(
        "mounts",
        Map.of(
            "type", type,
            "source", source,
            "destination", destination,
            "options", List.of(options)));
  }

  /** A namespace of this type: a new one. */
  public Bundle namespace(String type) {
    withoutNamespace(type);
    return add("linux.namespaces", Map.of("type", type));
  }

  /** A namespace of this type: the one at this path. */
  public Bundle namespace(String type, String path) {
    withoutNamespace(type);
    return add("linux.namespaces", Map.of("type", type, "path", path));
  }

  /** The caller's namespace of this type. */
  public Bundle withoutNamespace(String type) {
    Json.asList(get("linux.namespaces"))
        .removeIf(namespace -> Json.asObject(namespace).get("type").equals(type));
    return this;
  }

  /** A root that may be written to. */
  public Bundle writable() {
    return set("root.readonly", false);
  }

  /** The cgroup in each hierarchy, as in {@code linux.cgroupsPath}. */
  public String group() {
    return get("linux.cgroupsPath").toString();
  }

  /** Writes config.json and returns the directory. */
  public Path write() {
    return write(Json.write(config));
  }

  /** Writes this text as config.json. */
  public Path write(String text) {
    try {
      Files.writeString(directory.resolve("config.json"), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return directory;
  }
}
