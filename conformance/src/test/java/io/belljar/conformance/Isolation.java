package io.belljar.conformance;

import java.util.List;
import java.util.Map;

/** What {@code belljar report --json} says of a process. */
public record Isolation(Map<String, Object> document) {
  /** The report on a process. */
  public static Isolation of(long pid, Map<String, String> environment) {
    String belljar = Oci.path().resolveSibling("belljar").toString();
    Ran ran = Command.of(belljar, "report", "--json", Long.toString(pid)).env(environment).run();
    return new Isolation(Json.object(ran.succeeds().output()));
  }

  /** A to F. */
  public String grade() {
    return document.get("grade").toString();
  }

  /** The names of the findings of this grade. */
  public List<String> findings(String grade) {
    return Json.asList(document.get("findings")).stream()
        .map(Json::asObject)
        .filter(finding -> finding.get("grade").equals(grade))
        .map(finding -> finding.get("id").toString())
        .toList();
  }

  /** The kinds of namespaces that are, or are not, the host's. */
  public List<String> namespaces(String of) {
    return Json.asObject(document.get("namespaces")).entrySet().stream()
        .filter(entry -> Json.asObject(entry.getValue()).get("of").equals(of))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** The effective capabilities. */
  public List<Object> capabilities() {
    return Json.asList(Json.asObject(document.get("capabilities")).get("effective"));
  }

  /** How many of how many system calls pass, or that there is no filter. */
  public String calls() {
    Map<String, Object> seccomp = Json.asObject(document.get("seccomp"));
    if (!seccomp.containsKey("calls")) {
      return "all: no filter";
    }
    Map<String, Object> calls = Json.asObject(seccomp.get("calls"));
    return calls.get("allowed") + " of " + calls.get("named");
  }

  /** The kernel's files that it can write. */
  public List<String> writable() {
    return Json.asList(document.get("kernelFiles")).stream()
        .map(Json::asObject)
        .filter(file -> file.get("writable").equals(true))
        .map(file -> file.get("path").toString())
        .toList();
  }

  /** A limit, or that there is none. */
  public String limit(String resource) {
    return Json.asList(document.get("limits")).stream()
        .map(Json::asObject)
        .filter(limit -> limit.get("resource").equals(resource))
        .map(limit -> limit.getOrDefault("limit", "none").toString())
        .findFirst()
        .orElse("none");
  }

  /** How many devices it may open beside the usual ones. */
  public int devices() {
    return document.get("devices") instanceof List<?> list ? list.size() : -1;
  }

  /** The paths of the host that it sees, by where it sees them. */
  public List<String> mounts() {
    return Json.asList(document.get("hostMounts")).stream()
        .map(Json::asObject)
        .map(mount -> mount.get("at") + (mount.get("writable").equals(true) ? "" : " (ro)"))
        .toList();
  }
}
