package io.belljar.spec.process;

import io.belljar.spec.json.InvalidDocumentException;
import io.belljar.spec.json.JsonNode;
import io.belljar.spec.json.JsonReader;
import java.nio.file.Path;
import java.util.List;

/**
 * Reads {@code process}, which is also the document of {@code exec --process}. Every method throws
 * {@link InvalidDocumentException}.
 */
public final class ProcessReader {
  // (uid_t) -1 means "leave it as it is" to setresuid(2): the process would stay root.
  private static final long MAX_ID = 0xffff_fffeL;
  private static final int MAX_TERMINAL_SIZE = 0xffff;

  private ProcessReader() {}

  /** Reads a file that has a process alone; messages call it by its path. */
  public static Process readFile(Path file) {
    return read(JsonReader.readFile(file, file.toString()));
  }

  /** Reads a document that has a process alone. */
  public static Process read(byte[] content, String document) {
    return read(JsonReader.readNode(content, document));
  }

  /** Reads a process where it stands in a larger document. */
  public static Process read(JsonNode node) {
    return Process.builder(args(node))
        .terminal(node.flag("terminal"))
        .consoleSize(node.get("consoleSize").map(ProcessReader::consoleSize))
        .user(node.get("user").map(ProcessReader::user).orElse(User.ROOT))
        .env(node.list("env", ProcessReader::variable))
        .cwd(node.require("cwd").absolutePath())
        .capabilities(node.get("capabilities").map(ProcessReader::capabilities))
        .rlimits(node.list("rlimits", ProcessReader::rlimit))
        .noNewPrivileges(node.flag("noNewPrivileges"))
        .apparmorProfile(node.text("apparmorProfile"))
        .selinuxLabel(node.text("selinuxLabel"))
        .oomScoreAdj(node.integer("oomScoreAdj", -1000, 1000))
        .scheduler(node.get("scheduler").map(ProcessReader::scheduler))
        .ioPriority(node.get("ioPriority").map(ProcessReader::ioPriority))
        .execCpuAffinity(
            node.get("execCPUAffinity")
                .map(cpus -> new ExecCpuAffinity(cpus.text("initial"), cpus.text("final"))))
        .build();
  }

  private static List<String> args(JsonNode node) {
    JsonNode argsNode = node.require("args");
    List<String> args = node.texts("args");
    if (args.isEmpty()) {
      throw new InvalidDocumentException(
          argsNode.document(), argsNode.path(), "must name a program to run");
    }
    return args;
  }

  private static ConsoleSize consoleSize(JsonNode size) {
    return new ConsoleSize(
        (int) size.require("height").integer(0, MAX_TERMINAL_SIZE),
        (int) size.require("width").integer(0, MAX_TERMINAL_SIZE));
  }

  private static User user(JsonNode user) {
    return new User(
        user.require("uid").integer(0, MAX_ID),
        user.require("gid").integer(0, MAX_ID),
        user.integer("umask", 0, 0777),
        user.list("additionalGids", gid -> gid.integer(0, MAX_ID)),
        user.text("username"));
  }

  private static String variable(JsonNode node) {
    String variable = node.text();
    int end = variable.indexOf('=');
    if (end < 0) {
      throw node.refuse("is not of the form NAME=value");
    }
    if (end == 0) {
      throw node.refuse("has no name before the =");
    }
    return variable;
  }

  private static Capabilities capabilities(JsonNode sets) {
    return new Capabilities(
        Capability.VOCABULARY.readSet(sets, "bounding"),
        Capability.VOCABULARY.readSet(sets, "effective"),
        Capability.VOCABULARY.readSet(sets, "inheritable"),
        Capability.VOCABULARY.readSet(sets, "permitted"),
        Capability.VOCABULARY.readSet(sets, "ambient"));
  }

  private static Rlimit rlimit(JsonNode limit) {
    return new Rlimit(
        RlimitType.VOCABULARY.read(limit.require("type")),
        limit.require("hard").uint64(),
        limit.require("soft").uint64());
  }

  private static Scheduler scheduler(JsonNode scheduler) {
    return new Scheduler(
        Scheduler.Policy.VOCABULARY.read(scheduler.require("policy")),
        scheduler.integer("nice", Integer.MIN_VALUE, Integer.MAX_VALUE).orElse(0),
        scheduler.integer("priority", Integer.MIN_VALUE, Integer.MAX_VALUE).orElse(0),
        Scheduler.Flag.VOCABULARY.readSet(scheduler, "flags"),
        scheduler.uint64("runtime").orElse(0),
        scheduler.uint64("deadline").orElse(0),
        scheduler.uint64("period").orElse(0));
  }

  private static IoPriority ioPriority(JsonNode priority) {
    return new IoPriority(
        IoPriority.PriorityClass.VOCABULARY.read(priority.require("class")),
        (int) priority.require("priority").integer(0, 7));
  }
}
