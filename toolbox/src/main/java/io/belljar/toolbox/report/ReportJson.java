package io.belljar.toolbox.report;

import io.belljar.linux.Capability;
import io.belljar.linux.NamespaceKind;
import io.belljar.linux.proc.ProcessStatus;
import io.belljar.linux.text.TerminalText;
import io.belljar.spec.json.JsonArray;
import io.belljar.spec.json.JsonBoolean;
import io.belljar.spec.json.JsonNull;
import io.belljar.spec.json.JsonObject;
import io.belljar.spec.json.JsonString;
import io.belljar.spec.json.JsonValue;
import io.belljar.spec.json.JsonWriter;
import java.util.Locale;
import java.util.function.Function;

/**
 * A report as JSON. What could not be read is an object with one member, {@code notReadable}: why.
 */
public final class ReportJson {
  private ReportJson() {}

  /** The document, ended by a newline. */
  public static String of(Report report) {
    Subject subject = report.subject();
    JsonObject document =
        JsonObject.builder()
            .put("pid", subject.pid())
            .put("command", subject.command())
            .put("grade", String.valueOf(report.grade().letter()))
            .put("verdict", report.grade().verdict())
            .put("provisional", report.isProvisional())
            .put("notKnown", JsonArray.ofStrings(subject.notKnown()))
            .put("notes", JsonArray.ofStrings(subject.viewpoint()))
            .put("findings", JsonArray.of(report.findings(), ReportJson::finding))
            .put("namespaces", namespaces(subject))
            .put("root", reading(subject.root(), JsonString::new))
            .put(
                "uidMap",
                reading(
                    subject.uidMap(),
                    maps -> JsonArray.of(maps, map -> new JsonString(map.toString()))))
            .put("user", subject.status().uids().get(1))
            .put("group", subject.status().gids().get(1))
            .put("capabilities", capabilities(subject.status().capabilities()))
            .put("capabilitiesCountOnHost", countOnHost(subject))
            .put("noNewPrivileges", subject.status().noNewPrivileges())
            .put("confinement", confinement(subject.confinement()))
            .put("seccomp", seccomp(subject))
            .put(
                "hostMounts",
                reading(subject.mounts(), list -> JsonArray.of(list, ReportJson::mount)))
            .put("kernelFiles", JsonArray.of(subject.kernelFiles(), ReportJson::kernelFile))
            .put(
                "sockets",
                reading(subject.sockets(), list -> JsonArray.of(list, ReportJson::socket)))
            .put(
                "devices",
                reading(subject.devices(), list -> JsonArray.of(list, ReportJson::device)))
            .put(
                "descriptorsOutside",
                reading(subject.descriptors(), list -> JsonArray.of(list, ReportJson::descriptor)))
            .put("limits", JsonArray.of(subject.limits(), ReportJson::limit))
            .put("abstractSockets", reading(subject.abstractSockets(), JsonArray::ofStrings))
            .build();
    return TerminalText.printableJson(
        JsonWriter.write(document, JsonWriter.Layout.TWO_SPACES) + "\n");
  }

  /** {@code null} when it cannot be told. */
  private static JsonValue countOnHost(Subject subject) {
    return switch (subject.sharing(NamespaceKind.USER)) {
      case HOST -> JsonBoolean.TRUE;
      case OWN -> JsonBoolean.FALSE;
      case UNKNOWN -> JsonNull.NULL;
    };
  }

  private static <T> JsonValue reading(Reading<T> reading, Function<T, JsonValue> writer) {
    return switch (reading) {
      case Reading.Known<T>(T content) -> writer.apply(content);
      case Reading.Hidden<T>(String why) -> JsonObject.builder().put("notReadable", why).build();
    };
  }

  private static JsonObject finding(Finding finding) {
    return JsonObject.builder()
        .put("grade", finding.grade().word())
        .put("id", finding.id())
        .put("title", finding.title())
        .put("allows", finding.allows())
        .put("option", finding.cure().option())
        .put("property", finding.cure().property())
        .put("advice", finding.cure().advice())
        .build();
  }

  private static JsonObject namespaces(Subject subject) {
    JsonObject.Builder all = JsonObject.builder();
    for (NamespaceFact fact : subject.namespaces()) {
      all.put(
          fact.kind().ociName(),
          JsonObject.builder()
              .put("of", fact.sharing().name().toLowerCase(Locale.ROOT))
              .put("id", fact.id())
              .build());
    }
    return all.build();
  }

  private static JsonObject capabilities(ProcessStatus.Capabilities sets) {
    return JsonObject.builder()
        .put("effective", names(sets.effective()))
        .put("permitted", names(sets.permitted()))
        .put("inheritable", names(sets.inheritable()))
        .put("bounding", names(sets.bounding()))
        .put("ambient", names(sets.ambient()))
        .build();
  }

  private static JsonArray names(long set) {
    return JsonArray.of(Capability.setOf(set), capability -> new JsonString(capability.name()));
  }

  private static JsonObject confinement(Confinement confinement) {
    return JsonObject.builder()
        .put("modules", reading(confinement.modules(), JsonArray::ofStrings))
        .putText("label", confinement.label())
        .putFlag("dumpable", confinement.dumpable())
        .putNumber("ptraceScope", confinement.ptraceScope())
        .build();
  }

  private static JsonObject seccomp(Subject subject) {
    return JsonObject.builder()
        .put("mode", subject.status().seccompMode())
        .put("filters", subject.status().seccompFilters())
        .put("calls", subject.filters(), facts -> reading(facts, ReportJson::calls))
        .build();
  }

  private static JsonObject calls(FilterFacts facts) {
    return JsonObject.builder()
        .put("named", facts.names())
        .put("allowed", facts.allowed())
        .put("allowedWithSomeArguments", facts.sometimes())
        .put("supervised", facts.supervised())
        .put("refused", facts.refused())
        .put("riskyAllowed", JsonArray.ofStrings(facts.passing()))
        .put("allowsUnknown", facts.allowsUnknown())
        .build();
  }

  private static JsonObject mount(MountFact mount) {
    return JsonObject.builder()
        .put("at", mount.point())
        .put("source", mount.source())
        .put("type", mount.type())
        .put("writable", mount.writable())
        .build();
  }

  private static JsonObject kernelFile(KernelFileFact file) {
    return JsonObject.builder()
        .put("name", file.name())
        .put("path", file.path())
        .put("visible", file.visible())
        .put("writable", file.writable())
        .build();
  }

  private static JsonObject socket(SocketFact socket) {
    return JsonObject.builder()
        .put("path", socket.path())
        .put("owner", socket.owner())
        .put("mayConnect", socket.connectable())
        .put("ofHost", socket.ofHost())
        .build();
  }

  private static JsonObject device(DeviceFact device) {
    return JsonObject.builder()
        .put("path", device.path())
        .put("type", device.block() ? "b" : "c")
        .put("major", device.major())
        .put("minor", device.minor())
        .put("writable", device.writable())
        .build();
  }

  private static JsonObject descriptor(DescriptorFact descriptor) {
    return JsonObject.builder()
        .put("number", descriptor.number())
        .put("target", descriptor.target())
        .put("directory", descriptor.directory())
        .put("writable", descriptor.writable())
        .build();
  }

  private static JsonObject limit(LimitFact limit) {
    return JsonObject.builder()
        .put("resource", limit.resource())
        .putText("limit", limit.limit())
        .putText("use", limit.use())
        .put("group", limit.group())
        .build();
  }
}
