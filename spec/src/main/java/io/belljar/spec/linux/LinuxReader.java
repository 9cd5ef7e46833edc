package io.belljar.spec.linux;

import io.belljar.spec.json.InvalidDocumentException;
import io.belljar.spec.json.JsonNode;
import io.belljar.spec.json.JsonPath;
import io.belljar.spec.resources.Resources;
import io.belljar.spec.resources.ResourcesReader;
import io.belljar.spec.seccomp.SeccompReader;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads {@code linux}. Every method throws {@link InvalidDocumentException}. */
public final class LinuxReader {
  private static final long MAX_NANOSECONDS = 999_999_999;

  // net/core/dev.c, dev_valid_name: fits IFNAMSIZ, and no slash, colon or white space.
  private static final Pattern INTERFACE = Pattern.compile("(?!\\.{1,2}$)[^/:\\s]{1,15}");

  private LinuxReader() {}

  /** Reads the Linux part of a configuration. */
  public static Linux read(JsonNode node) {
    return Linux.builder()
        .namespaces(namespaces(node))
        .uidMappings(IdMappings.read(node, "uidMappings"))
        .gidMappings(IdMappings.read(node, "gidMappings"))
        .timeOffsets(timeOffsets(node))
        .devices(node.list("devices", LinuxReader::device))
        .cgroupsPath(node.text("cgroupsPath"))
        .resources(node.get("resources").map(ResourcesReader::read).orElse(Resources.NONE))
        .rootfsPropagation(RootfsPropagation.VOCABULARY.find(node, "rootfsPropagation"))
        .seccomp(node.get("seccomp").map(SeccompReader::read))
        .sysctl(node.textMap("sysctl"))
        .maskedPaths(node.list("maskedPaths", JsonNode::absolutePath))
        .readonlyPaths(node.list("readonlyPaths", JsonNode::absolutePath))
        .mountLabel(node.text("mountLabel"))
        .personality(node.get("personality").map(LinuxReader::personality))
        .intelRdt(node.get("intelRdt").map(LinuxReader::intelRdt))
        .memoryPolicy(node.get("memoryPolicy").map(LinuxReader::memoryPolicy))
        .netDevices(netDevices(node))
        .build();
  }

  private static List<Namespace> namespaces(JsonNode linux) {
    Set<NamespaceType> seen = EnumSet.noneOf(NamespaceType.class);
    return linux.list(
        "namespaces",
        node -> {
          JsonNode type = node.require("type");
          Namespace namespace = namespace(node, NamespaceType.VOCABULARY.read(type));
          if (!seen.add(namespace.type())) {
            throw type.refuse("is there already; a container has one namespace of each type");
          }
          return namespace;
        });
  }

  private static Namespace namespace(JsonNode node, NamespaceType type) {
    Optional<JsonNode> path = node.get("path").filter(given -> !given.isEmptyText());
    return new Namespace(type, path.map(JsonNode::absolutePath));
  }

  private static Map<TimeOffset.Clock, TimeOffset> timeOffsets(JsonNode linux) {
    Map<TimeOffset.Clock, TimeOffset> offsets = new LinkedHashMap<>();
    linux
        .map("timeOffsets", node -> node)
        .forEach((name, node) -> offsets.put(clock(node, name), timeOffset(node)));
    return offsets;
  }

  private static TimeOffset.Clock clock(JsonNode node, String name) {
    return TimeOffset.Clock.VOCABULARY
        .find(name)
        .orElseThrow(() ->
            new InvalidDocumentException(
                node.document(),
                node.path(),
                "is not a clock with an offset ("
                    + String.join(", ", TimeOffset.Clock.VOCABULARY.words())
                    + ")"));
  }

  private static TimeOffset timeOffset(JsonNode node) {
    return new TimeOffset(
        node.int64("secs").orElse(0),
        node.get("nanosecs").map(nanosecs -> nanosecs.integer(0, MAX_NANOSECONDS)).orElse(0L));
  }

  private static Device device(JsonNode node) {
    Device.Type type = Device.Type.VOCABULARY.read(node.require("type"));
    return new Device(
        node.require("path").absolutePath(),
        type,
        deviceNumber(node, "major", type),
        deviceNumber(node, "minor", type),
        node.uint32("fileMode"),
        node.uint32("uid"),
        node.uint32("gid"));
  }

  private static long deviceNumber(JsonNode node, String name, Device.Type type) {
    return type == Device.Type.FIFO ? node.uint32(name).orElse(0) : node.require(name).uint32();
  }

  private static Personality personality(JsonNode node) {
    return new Personality(
        Personality.Domain.VOCABULARY.read(node.require("domain")), node.texts("flags"));
  }

  private static IntelRdt intelRdt(JsonNode node) {
    return new IntelRdt(
        node.get("closID").filter(id -> !id.isEmptyText()).map(LinuxReader::directoryName),
        node.texts("schemata"),
        node.text("l3CacheSchema"),
        node.text("memBwSchema"),
        node.flag("enableMonitoring"),
        node.flag("enableCMT"),
        node.flag("enableMBM"));
  }

  private static String directoryName(JsonNode node) {
    String name = node.text();
    if (name.equals(".") || name.equals("..") || name.indexOf('/') >= 0) {
      throw node.refuse("is not the name of a directory");
    }
    return name;
  }

  private static MemoryPolicy memoryPolicy(JsonNode node) {
    return new MemoryPolicy(
        MemoryPolicy.Mode.VOCABULARY.read(node.require("mode")),
        node.text("nodes"),
        MemoryPolicy.Flag.VOCABULARY.readSet(node, "flags"));
  }

  private static Map<String, NetDevice> netDevices(JsonNode linux) {
    Map<String, NetDevice> devices =
        linux.map(
            "netDevices",
            node ->
                new NetDevice(
                    node.get("name")
                        .filter(name -> !name.isEmptyText())
                        .map(LinuxReader::interfaceName)));
    for (String name : devices.keySet()) {
      if (!INTERFACE.matcher(name).matches()) {
        String path = linux.require("netDevices").path();
        throw new InvalidDocumentException(
            linux.document(), JsonPath.member(path, name), "is not the name of an interface");
      }
    }
    return devices;
  }

  private static String interfaceName(JsonNode node) {
    String name = node.text();
    if (!INTERFACE.matcher(name).matches()) {
      throw node.refuse("is not the name of an interface");
    }
    return name;
  }
}
