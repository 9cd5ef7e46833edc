package io.belljar.spec.config;

import io.belljar.spec.json.InvalidDocumentException;
import io.belljar.spec.process.Process;
import java.util.List;
import java.util.function.Predicate;

/**
 * Refuses a configuration whose parts do not fit together, as a list of small checks in the order
 * in which they are reported. They follow the specification and runc's validator.
 *
 * <p>What only this host decides (what the kernel supports, what is at a path) is not asked here.
 */
public final class ConfigValidator {
  /** One thing that must hold; throws {@link InvalidDocumentException} if it does not. */
  private interface Check {
    void check(Subject subject);
  }

  private static final List<Check> CHECKS =
      List.of(
          ConfigValidator::process,
          NamespaceChecks::hostname,
          NamespaceChecks::domainname,
          NamespaceChecks::paths,
          NamespaceChecks::rootfsPropagation,
          NamespaceChecks::mounts,
          NamespaceChecks::userMappings,
          NamespaceChecks::timeOffsets,
          NamespaceChecks::netDevices,
          IdMappingChecks::ranges,
          IdMappingChecks::processIds,
          SysctlChecks::sysctl,
          MountChecks::typeAndSource,
          MountChecks::idMappings,
          MountChecks::proc,
          MountChecks::destination,
          SeccompChecks::notify,
          SeccompChecks::listener,
          ResourceChecks::swap,
          ResourceChecks::intelRdt,
          AnnotationChecks::systemdProperties,
          LinuxWarnings::personality);

  private ConfigValidator() {}

  /**
   * Checks a configuration, for a runtime whose own network namespace is never joined by path.
   *
   * @return warnings: what runc accepts with a warning too
   * @throws InvalidDocumentException at the first check that fails
   */
  public static List<String> validate(Config config, String document) {
    return validate(config, document, path -> false);
  }

  /**
   * Checks a configuration.
   *
   * @param document what messages call it
   * @param isRuntimeNetworkNamespace whether the namespace at a path is the runtime's own: its
   *     parameters must not be changed for a container
   * @return warnings: what runc accepts with a warning too
   * @throws InvalidDocumentException at the first check that fails
   */
  public static List<String> validate(
      Config config, String document, Predicate<String> isRuntimeNetworkNamespace) {
    Subject subject = new Subject(config, document, isRuntimeNetworkNamespace);
    CHECKS.forEach(check -> check.check(subject));
    return subject.warnings();
  }

  /**
   * Checks a process that joins a container.
   *
   * @throws InvalidDocumentException at the first check that fails
   */
  public static void validateProcess(Process process, String document) {
    ProcessChecks.check(process, document, "");
  }

  private static void process(Subject subject) {
    Process process =
        subject
            .config()
            .process()
            .orElseThrow(() -> subject.refuse("process", "is required, but missing"));
    ProcessChecks.check(process, subject.document(), "process");
  }
}
