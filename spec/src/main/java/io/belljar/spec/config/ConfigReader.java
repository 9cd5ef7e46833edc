package io.belljar.spec.config;

import io.belljar.spec.json.InvalidDocumentException;
import io.belljar.spec.json.JsonNode;
import io.belljar.spec.json.JsonPath;
import io.belljar.spec.json.JsonReader;
import io.belljar.spec.linux.IdMappings;
import io.belljar.spec.linux.Linux;
import io.belljar.spec.linux.LinuxReader;
import io.belljar.spec.process.ProcessReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * Reads {@code config.json}.
 *
 * <p>Refuses what is malformed: a value of another type, out of its range or outside a closed
 * vocabulary, and a required property that is missing. Ignores properties that it does not know, as
 * the specification demands. Whether the parts fit together is asked of {@link ConfigValidator}.
 *
 * <p>Every method throws {@link InvalidDocumentException}, whose message is one line.
 */
public final class ConfigReader {
  /** What messages call the document. */
  public static final String DOCUMENT = "config.json";

  // semver.org, without its rarer forms of build metadata
  private static final Pattern VERSION =
      Pattern.compile("(\\d+)\\.\\d+\\.\\d+(-[0-9A-Za-z.-]+)?(\\+[0-9A-Za-z.-]+)?");

  private static final int MAX_NAME = 64; // linux/utsname.h, __NEW_UTS_LEN

  private ConfigReader() {}

  /** Reads a bundle's {@code config.json}. */
  public static Config readFile(Path file) {
    return read(JsonReader.readFile(file, DOCUMENT));
  }

  /** Reads a configuration. */
  public static Config read(byte[] content, String document) {
    return read(JsonReader.readNode(content, document));
  }

  /** Reads a configuration. */
  public static Config read(JsonNode node) {
    return new Config(
        version(node.require("ociVersion")),
        root(node.require("root")),
        node.get("process").map(ProcessReader::read),
        hostname(node, "hostname"),
        hostname(node, "domainname"),
        node.list("mounts", ConfigReader::mount),
        node.get("hooks").map(ConfigReader::hooks).orElse(Hooks.NONE),
        annotations(node),
        node.get("linux").map(LinuxReader::read).orElse(Linux.NONE));
  }

  private static String version(JsonNode node) {
    String version = node.text();
    var matcher = VERSION.matcher(version);
    if (!matcher.matches()) {
      throw node.refuse("is not a version, as " + Config.OCI_VERSION);
    }
    // The specification is compatible within a major version.
    if (!matcher.group(1).equals("1")) {
      throw node.refuse(
          "is not a version of the specification that is supported (1.0.0 and later)");
    }
    return version;
  }

  private static Root root(JsonNode root) {
    return new Root(root.require("path").nonEmptyText(), root.flag("readonly"));
  }

  private static Optional<String> hostname(JsonNode node, String name) {
    Optional<String> hostname = node.text(name);
    hostname
        .filter(given -> given.getBytes(StandardCharsets.UTF_8).length > MAX_NAME)
        .ifPresent(given -> {
          throw node.require(name).refuse("is longer than " + MAX_NAME + " bytes");
        });
    return hostname;
  }

  private static Mount mount(JsonNode mount) {
    return new Mount(
        mount.require("destination").nonEmptyText(),
        mount.text("type"),
        mount.text("source"),
        mount.texts("options"),
        IdMappings.read(mount, "uidMappings"),
        IdMappings.read(mount, "gidMappings"));
  }

  private static Hooks hooks(JsonNode hooks) {
    return new Hooks(
        hooks.list("prestart", ConfigReader::hook),
        hooks.list("createRuntime", ConfigReader::hook),
        hooks.list("createContainer", ConfigReader::hook),
        hooks.list("startContainer", ConfigReader::hook),
        hooks.list("poststart", ConfigReader::hook),
        hooks.list("poststop", ConfigReader::hook));
  }

  private static Hook hook(JsonNode hook) {
    OptionalInt timeout = hook.integer("timeout", 1, Integer.MAX_VALUE);
    return new Hook(
        hook.require("path").absolutePath(), hook.texts("args"), hook.texts("env"), timeout);
  }

  private static Map<String, String> annotations(JsonNode node) {
    Map<String, String> annotations = node.textMap("annotations");
    if (annotations.containsKey("")) {
      throw new InvalidDocumentException(
          node.document(), JsonPath.member("annotations", ""), "has an empty key");
    }
    return annotations;
  }
}
