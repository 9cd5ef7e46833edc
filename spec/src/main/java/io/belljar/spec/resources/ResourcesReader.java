package io.belljar.spec.resources;

import io.belljar.spec.json.InvalidDocumentException;
import io.belljar.spec.json.JsonNode;
import io.belljar.spec.json.JsonPath;
import io.belljar.spec.json.JsonReader;
import io.belljar.spec.json.Vocabulary;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads {@code linux.resources}, which is also the document of {@code update --resources}. Every
 * method throws {@link InvalidDocumentException}.
 */
public final class ResourcesReader {
  private static final Vocabulary<DeviceRule.Type> RULE_TYPES =
      new Vocabulary<>(DeviceRule.Type.class, "a kind of device");

  // It becomes a part of file names below the cgroup.
  private static final Pattern PAGE_SIZE = Pattern.compile("[1-9][0-9]*[KMG]B");
  private static final int MAX_WEIGHT = 1000;

  private ResourcesReader() {}

  /** Reads a file that has resources alone; messages call it by its path. */
  public static Resources readFile(Path file) {
    return read(JsonReader.readFile(file, file.toString()));
  }

  /** Reads a document that has resources alone. */
  public static Resources read(byte[] content, String document) {
    return read(JsonReader.readNode(content, document));
  }

  /** Reads resources where they stand in a larger document. */
  public static Resources read(JsonNode node) {
    return Resources.builder()
        .devices(node.list("devices", ResourcesReader::deviceRule))
        .memory(node.get("memory").map(ResourcesReader::memory).orElse(Memory.NONE))
        .cpu(node.get("cpu").map(ResourcesReader::cpu).orElse(Cpu.NONE))
        .pids(node.get("pids").map(pids -> new Pids(pids.int64("limit"))).orElse(Pids.NONE))
        .blockIo(node.get("blockIO").map(ResourcesReader::blockIo).orElse(BlockIo.NONE))
        .hugepageLimits(node.list("hugepageLimits", ResourcesReader::hugepageLimit))
        .network(node.get("network").map(ResourcesReader::network).orElse(Network.NONE))
        .rdma(rdma(node))
        .unified(unified(node))
        .build();
  }

  private static DeviceRule deviceRule(JsonNode rule) {
    return new DeviceRule(
        rule.require("allow").flag(),
        RULE_TYPES.read(rule, "type", DeviceRule.Type.ALL),
        deviceNumber(rule, "major"),
        deviceNumber(rule, "minor"),
        access(rule.require("access")));
  }

  /** A device number; −1 is how engines written in Go say that every number is meant. */
  private static OptionalLong deviceNumber(JsonNode rule, String name) {
    Optional<JsonNode> number = rule.get(name);
    if (number.isEmpty()) {
      return OptionalLong.empty();
    }
    long value = number.get().integer(-1, Integer.toUnsignedLong(-1));
    return value == -1 ? OptionalLong.empty() : OptionalLong.of(value);
  }

  private static Set<DeviceRule.Access> access(JsonNode node) {
    Set<DeviceRule.Access> access = new LinkedHashSet<>();
    for (char letter : node.nonEmptyText().toCharArray()) {
      access.add(
          switch (letter) {
            case 'r' -> DeviceRule.Access.READ;
            case 'w' -> DeviceRule.Access.WRITE;
            case 'm' -> DeviceRule.Access.MKNOD;
            default -> throw node.refuse("is not made of r (read), w (write) and m (mknod)");
          });
    }
    return access;
  }

  private static Memory memory(JsonNode memory) {
    return Memory.builder()
        .limit(bytes(memory, "limit"))
        .reservation(bytes(memory, "reservation"))
        .swap(bytes(memory, "swap"))
        .kernel(bytes(memory, "kernel"))
        .kernelTcp(bytes(memory, "kernelTCP"))
        .swappiness(swappiness(memory))
        .disableOomKiller(memory.optionalFlag("disableOOMKiller"))
        .useHierarchy(memory.optionalFlag("useHierarchy"))
        .checkBeforeUpdate(memory.optionalFlag("checkBeforeUpdate"))
        .build();
  }

  private static OptionalLong bytes(JsonNode memory, String name) {
    Optional<JsonNode> limit = memory.get(name);
    return limit.isPresent()
        ? OptionalLong.of(limit.get().integer(-1, Long.MAX_VALUE))
        : OptionalLong.empty();
  }

  /** The largest unsigned number is the −1 by which some engines say that nothing is set. */
  private static OptionalLong swappiness(JsonNode memory) {
    OptionalLong swappiness = memory.uint64("swappiness");
    if (swappiness.isEmpty() || swappiness.getAsLong() == -1) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(memory.require("swappiness").integer(0, 100));
  }

  private static Cpu cpu(JsonNode cpu) {
    return Cpu.builder()
        .shares(cpu.uint64("shares"))
        .quota(cpu.int64("quota"))
        .burst(cpu.uint64("burst"))
        .period(cpu.uint64("period"))
        .realtimeRuntime(cpu.int64("realtimeRuntime"))
        .realtimePeriod(cpu.uint64("realtimePeriod"))
        .cpus(cpu.text("cpus"))
        .mems(cpu.text("mems"))
        .idle(cpu.int64("idle"))
        .build();
  }

  private static BlockIo blockIo(JsonNode blockIo) {
    return new BlockIo(
        blockIo.integer("weight", 0, MAX_WEIGHT),
        blockIo.integer("leafWeight", 0, MAX_WEIGHT),
        blockIo.list("weightDevice", ResourcesReader::weightDevice),
        blockIo.list("throttleReadBpsDevice", ResourcesReader::throttleDevice),
        blockIo.list("throttleWriteBpsDevice", ResourcesReader::throttleDevice),
        blockIo.list("throttleReadIOPSDevice", ResourcesReader::throttleDevice),
        blockIo.list("throttleWriteIOPSDevice", ResourcesReader::throttleDevice));
  }

  private static WeightDevice weightDevice(JsonNode device) {
    return new WeightDevice(
        device.require("major").uint32(),
        device.require("minor").uint32(),
        device.integer("weight", 0, MAX_WEIGHT),
        device.integer("leafWeight", 0, MAX_WEIGHT));
  }

  private static ThrottleDevice throttleDevice(JsonNode device) {
    return new ThrottleDevice(
        device.require("major").uint32(),
        device.require("minor").uint32(),
        device.require("rate").uint64());
  }

  private static HugepageLimit hugepageLimit(JsonNode limit) {
    JsonNode pageSize = limit.require("pageSize");
    if (!PAGE_SIZE.matcher(pageSize.text()).matches()) {
      throw pageSize.refuse("is not a page size, as 2MB or 64KB");
    }
    return new HugepageLimit(pageSize.text(), limit.require("limit").uint64());
  }

  private static Network network(JsonNode network) {
    return new Network(
        network.uint32("classID"),
        network.list(
            "priorities",
            priority ->
                new Network.InterfacePriority(
                    word(priority.require("name")), priority.require("priority").uint32())));
  }

  private static Map<String, Rdma> rdma(JsonNode resources) {
    Map<String, Rdma> rdma =
        resources.map(
            "rdma", limits -> new Rdma(limits.uint32("hcaHandles"), limits.uint32("hcaObjects")));
    resources.get("rdma").ifPresent(node -> rdma.keySet().forEach(name -> requireWord(node, name)));
    return rdma;
  }

  private static Map<String, String> unified(JsonNode resources) {
    Map<String, String> unified = resources.textMap("unified");
    resources
        .get("unified")
        .ifPresent(node -> unified.keySet().forEach(name -> requireFileName(node, name)));
    return unified;
  }

  private static String word(JsonNode node) {
    String text = node.nonEmptyText();
    if (text.chars().anyMatch(Character::isWhitespace)) {
      throw node.refuse("has white space");
    }
    return text;
  }

  // These names are written into cgroup files, where white space separates name and value.
  private static void requireWord(JsonNode object, String name) {
    if (name.isEmpty() || name.chars().anyMatch(Character::isWhitespace)) {
      throw key(object, name, "is not the name of a device");
    }
  }

  // A key with a slash would name a file of another cgroup.
  private static void requireFileName(JsonNode object, String name) {
    if (name.isEmpty() || name.indexOf('/') >= 0 || name.indexOf(0) >= 0 || !name.contains(".")) {
      throw key(object, name, "is not the name of a cgroup file, as memory.max");
    }
    if (name.startsWith(".")) {
      throw key(object, name, "is not the name of a cgroup file, as memory.max");
    }
  }

  private static InvalidDocumentException key(JsonNode object, String name, String problem) {
    return new InvalidDocumentException(
        object.document(), JsonPath.member(object.path(), name), "the key " + problem);
  }
}
