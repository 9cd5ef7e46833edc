package io.belljar.spec.config;

import io.belljar.spec.json.JsonPath;
import java.util.Set;

/** Annotations that change what the runtime does. */
final class AnnotationChecks {
  private static final String SYSTEMD_PROPERTY = "org.systemd.property.";

  // Everything else, ExecStopPost above all, would let whoever may set an annotation run a program
  // on the host (CVE-2024-3154).
  private static final Set<String> SYSTEMD_PROPERTIES =
      Set.of(
          "After",
          "Before",
          "BindsTo",
          "CollectMode",
          "DefaultDependencies",
          "Description",
          "PartOf",
          "Requires",
          "TimeoutStopUSec",
          "Wants");

  private AnnotationChecks() {}

  static void systemdProperties(Subject subject) {
    subject
        .config()
        .annotations()
        .forEach((key, value) -> {
          if (!key.startsWith(SYSTEMD_PROPERTY)) {
            return;
          }
          String path = JsonPath.member("annotations", key);
          String property = key.substring(SYSTEMD_PROPERTY.length());
          if (!SYSTEMD_PROPERTIES.contains(property)) {
            throw subject.refuse(
                path, Subject.quote(property) + " is not a systemd property that may be set");
          }
          if (value.chars().anyMatch(c -> c < ' ')) {
            throw subject.refuse(
                path, Subject.quote(value) + " is not a value of a systemd property");
          }
        });
  }
}
