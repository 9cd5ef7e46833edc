package io.belljar.spec.seccomp;

import io.belljar.spec.json.InvalidDocumentException;
import io.belljar.spec.json.JsonNode;
import java.util.List;
import java.util.OptionalInt;

/**
 * Reads {@code linux.seccomp}. Every method throws {@link InvalidDocumentException}.
 *
 * <p>What the specification says about one rule alone is checked here; what the rules mean together
 * (who listens to {@code SCMP_ACT_NOTIFY}) is the validator's.
 */
public final class SeccompReader {
  // The kernel has 16 bits for the number (SECCOMP_RET_DATA); libseccomp would drop the others.
  private static final int MAX_ERRNO_RET = 0xffff;
  private static final int MAX_ARGUMENT = 5;

  private SeccompReader() {}

  /** Reads a filter. */
  public static Seccomp read(JsonNode node) {
    SeccompAction defaultAction = SeccompAction.VOCABULARY.read(node.require("defaultAction"));
    return new Seccomp(
        defaultAction,
        errnoRet(node, "defaultErrnoRet", defaultAction),
        SeccompArchitecture.VOCABULARY.readSet(node, "architectures"),
        SeccompFlag.VOCABULARY.readSet(node, "flags"),
        node.text("listenerPath"),
        node.text("listenerMetadata"),
        node.list("syscalls", SeccompReader::syscall));
  }

  private static Syscall syscall(JsonNode node) {
    JsonNode namesNode = node.require("names");
    List<String> names = node.list("names", JsonNode::nonEmptyText);
    if (names.isEmpty()) {
      throw new InvalidDocumentException(
          namesNode.document(), namesNode.path(), "must name at least one system call");
    }
    SeccompAction action = SeccompAction.VOCABULARY.read(node.require("action"));
    return new Syscall(
        names,
        action,
        errnoRet(node, "errnoRet", action),
        node.list("args", SeccompReader::argument));
  }

  private static OptionalInt errnoRet(JsonNode node, String name, SeccompAction action) {
    OptionalInt errnoRet = node.integer(name, 0, MAX_ERRNO_RET);
    if (errnoRet.isPresent() && !action.takesErrno()) {
      throw node.require(name).refuse("has no meaning for " + action.word());
    }
    return errnoRet;
  }

  private static SyscallArgument argument(JsonNode node) {
    return new SyscallArgument(
        (int) node.require("index").integer(0, MAX_ARGUMENT),
        node.require("value").uint64(),
        node.uint64("valueTwo").orElse(0),
        SeccompOperator.VOCABULARY.read(node.require("op")));
  }
}
