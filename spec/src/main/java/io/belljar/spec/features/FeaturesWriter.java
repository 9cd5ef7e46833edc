package io.belljar.spec.features;

import io.belljar.spec.json.JsonObject;
import io.belljar.spec.json.JsonWriter;

/** Writes the features document in the order and layout of {@code runc features}. */
public final class FeaturesWriter {
  private FeaturesWriter() {}

  /** The text, indented by four spaces, with a line feed at its end. */
  public static String write(Features features) {
    return JsonWriter.write(toJson(features), JsonWriter.Layout.FOUR_SPACES) + "\n";
  }

  /** The features as JSON. */
  public static JsonObject toJson(Features features) {
    return JsonObject.builder()
        .put("ociVersionMin", features.ociVersionMin())
        .put("ociVersionMax", features.ociVersionMax())
        .putStrings("hooks", features.hooks())
        .putStrings("mountOptions", features.mountOptions())
        .put("linux", linux(features.linux()))
        .putStrings("annotations", features.annotations())
        .putStrings(
            "potentiallyUnsafeConfigAnnotations", features.potentiallyUnsafeConfigAnnotations())
        .build();
  }

  private static JsonObject linux(LinuxFeatures linux) {
    return JsonObject.builder()
        .putStrings("namespaces", linux.namespaces())
        .putStrings("capabilities", linux.capabilities())
        .put("cgroup", cgroup(linux.cgroup()))
        .put("seccomp", seccomp(linux.seccomp()))
        .put("apparmor", enabled(linux.apparmor()))
        .put("selinux", enabled(linux.selinux()))
        .put("intelRdt", enabled(linux.intelRdt()))
        .put(
            "mountExtensions",
            JsonObject.builder().put("idmap", enabled(linux.mountIdmap())).build())
        .put("netDevices", enabled(linux.netDevices()))
        .build();
  }

  private static JsonObject cgroup(LinuxFeatures.Cgroup cgroup) {
    return JsonObject.builder()
        .put("v1", cgroup.v1())
        .put("v2", cgroup.v2())
        .put("systemd", cgroup.systemd())
        .put("systemdUser", cgroup.systemdUser())
        .put("rdma", cgroup.rdma())
        .build();
  }

  private static JsonObject seccomp(LinuxFeatures.Seccomp seccomp) {
    return JsonObject.builder()
        .put("enabled", seccomp.enabled())
        .putStrings("actions", seccomp.actions())
        .putStrings("operators", seccomp.operators())
        .putStrings("archs", seccomp.archs())
        .putStrings("knownFlags", seccomp.knownFlags())
        .putStrings("supportedFlags", seccomp.supportedFlags())
        .build();
  }

  private static JsonObject enabled(boolean enabled) {
    return JsonObject.builder().put("enabled", enabled).build();
  }
}
