package io.belljar.spec.process;

import io.belljar.spec.json.JsonArray;
import io.belljar.spec.json.JsonNumber;
import io.belljar.spec.json.JsonObject;
import io.belljar.spec.json.JsonValue;

/** Writes {@code process}; what is absent, empty or the default is left out. */
public final class ProcessWriter {
  private ProcessWriter() {}

  /** The process as JSON. */
  public static JsonObject toJson(Process process) {
    return JsonObject.builder()
        .putIfTrue("terminal", process.terminal())
        .put("consoleSize", process.consoleSize(), ProcessWriter::consoleSize)
        .put("user", user(process.user()))
        .put("args", JsonArray.ofStrings(process.args()))
        .putStrings("env", process.env())
        .put("cwd", process.cwd())
        .put("capabilities", process.capabilities(), ProcessWriter::capabilities)
        .putList("rlimits", process.rlimits(), ProcessWriter::rlimit)
        .putIfTrue("noNewPrivileges", process.noNewPrivileges())
        .putText("apparmorProfile", process.apparmorProfile())
        .putNumber("oomScoreAdj", process.oomScoreAdj())
        .put("scheduler", process.scheduler(), ProcessWriter::scheduler)
        .putText("selinuxLabel", process.selinuxLabel())
        .put("ioPriority", process.ioPriority(), ProcessWriter::ioPriority)
        .put("execCPUAffinity", process.execCpuAffinity(), ProcessWriter::affinity)
        .build();
  }

  private static JsonValue consoleSize(ConsoleSize size) {
    return JsonObject.builder().put("height", size.height()).put("width", size.width()).build();
  }

  private static JsonValue user(User user) {
    return JsonObject.builder()
        .put("uid", user.uid())
        .put("gid", user.gid())
        .putNumber("umask", user.umask())
        .putList("additionalGids", user.additionalGids(), JsonNumber::of)
        .putText("username", user.username())
        .build();
  }

  private static JsonValue capabilities(Capabilities sets) {
    return JsonObject.builder()
        .putWords("bounding", sets.bounding())
        .putWords("effective", sets.effective())
        .putWords("inheritable", sets.inheritable())
        .putWords("permitted", sets.permitted())
        .putWords("ambient", sets.ambient())
        .build();
  }

  private static JsonValue rlimit(Rlimit limit) {
    return JsonObject.builder()
        .put("type", limit.type().word())
        .put("hard", JsonNumber.ofUnsigned(limit.hard()))
        .put("soft", JsonNumber.ofUnsigned(limit.soft()))
        .build();
  }

  private static JsonValue scheduler(Scheduler scheduler) {
    JsonObject.Builder object = JsonObject.builder().put("policy", scheduler.policy().word());
    if (scheduler.nice() != 0) {
      object.put("nice", scheduler.nice());
    }
    if (scheduler.priority() != 0) {
      object.put("priority", scheduler.priority());
    }
    object.putWords("flags", scheduler.flags());
    putTime(object, "runtime", scheduler.runtime());
    putTime(object, "deadline", scheduler.deadline());
    putTime(object, "period", scheduler.period());
    return object.build();
  }

  private static void putTime(JsonObject.Builder object, String name, long nanoseconds) {
    if (nanoseconds != 0) {
      object.put(name, JsonNumber.ofUnsigned(nanoseconds));
    }
  }

  private static JsonValue ioPriority(IoPriority priority) {
    return JsonObject.builder()
        .put("class", priority.priorityClass().word())
        .put("priority", priority.priority())
        .build();
  }

  private static JsonValue affinity(ExecCpuAffinity affinity) {
    return JsonObject.builder()
        .putText("initial", affinity.initial())
        .putText("final", affinity.last())
        .build();
  }
}
