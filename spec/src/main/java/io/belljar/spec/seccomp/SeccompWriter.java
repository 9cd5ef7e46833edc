package io.belljar.spec.seccomp;

import io.belljar.spec.json.JsonArray;
import io.belljar.spec.json.JsonNumber;
import io.belljar.spec.json.JsonObject;
import io.belljar.spec.json.JsonValue;

/** Writes {@code linux.seccomp}. Equal filters are written equally, so the text can be a key. */
public final class SeccompWriter {
  private SeccompWriter() {}

  /** The filter as JSON. */
  public static JsonObject toJson(Seccomp seccomp) {
    return JsonObject.builder()
        .put("defaultAction", seccomp.defaultAction().word())
        .putNumber("defaultErrnoRet", seccomp.defaultErrnoRet())
        .putWords("architectures", seccomp.architectures())
        .putWords("flags", seccomp.flags())
        .putText("listenerPath", seccomp.listenerPath())
        .putText("listenerMetadata", seccomp.listenerMetadata())
        .putList("syscalls", seccomp.syscalls(), SeccompWriter::syscall)
        .build();
  }

  private static JsonValue syscall(Syscall syscall) {
    return JsonObject.builder()
        .put("names", JsonArray.ofStrings(syscall.names()))
        .put("action", syscall.action().word())
        .putNumber("errnoRet", syscall.errnoRet())
        .putList("args", syscall.args(), SeccompWriter::argument)
        .build();
  }

  private static JsonValue argument(SyscallArgument argument) {
    JsonObject.Builder object =
        JsonObject.builder()
            .put("index", argument.index())
            .put("value", JsonNumber.ofUnsigned(argument.value()));
    if (argument.valueTwo() != 0) {
      object.put("valueTwo", JsonNumber.ofUnsigned(argument.valueTwo()));
    }
    return object.put("op", argument.op().word()).build();
  }
}
