package io.belljar.runtime.seccomp;

import io.belljar.linux.Capability;
import io.belljar.linux.Machine;
import io.belljar.runtime.KernelVersion;
import io.belljar.spec.seccomp.Seccomp;
import io.belljar.spec.seccomp.SeccompAction;
import io.belljar.spec.seccomp.SeccompArchitecture;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The profile of system calls for a container whose owner asked for none: Docker's, in {@code
 * default-profile.txt}. What it allows depends on the capabilities that the container can have.
 */
public final class DefaultProfile {
  private static final String RESOURCE = "default-profile.txt";
  private static final int EPERM = 1;

  private DefaultProfile() {}

  private static final class Rules {
    private static final List<ProfileRule> ALL = read();
  }

  /**
   * The profile for this machine.
   *
   * @param bounding the capabilities of the container's bounding set
   * @param kernel the running kernel
   */
  public static Seccomp resolve(Set<Capability> bounding, KernelVersion kernel) {
    return resolve(bounding, kernel, Machine.current());
  }

  static Seccomp resolve(Set<Capability> bounding, KernelVersion kernel, Machine machine) {
    return Seccomp.of(
        SeccompAction.SCMP_ACT_ERRNO,
        OptionalInt.of(EPERM),
        architectures(machine),
        Rules.ALL.stream()
            .filter(rule -> rule.counts(bounding, kernel, machine))
            .map(ProfileRule::syscall)
            .toList());
  }

  private static Set<SeccompArchitecture> architectures(Machine machine) {
    List<SeccompArchitecture> architectures =
        switch (machine) {
          case X86_64 ->
              List.of(
                  SeccompArchitecture.SCMP_ARCH_X86_64,
                  SeccompArchitecture.SCMP_ARCH_X86,
                  SeccompArchitecture.SCMP_ARCH_X32);
          case AARCH64 ->
              List.of(SeccompArchitecture.SCMP_ARCH_AARCH64, SeccompArchitecture.SCMP_ARCH_ARM);
        };
    return Collections.unmodifiableSet(new LinkedHashSet<>(architectures));
  }

  private static List<ProfileRule> read() {
    try (InputStream in = DefaultProfile.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException(RESOURCE + " is missing from the module");
      }
      return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(RESOURCE, e);
    }
  }

  /** The rules of a text in the form that {@code default-profile.txt} describes. */
  static List<ProfileRule> parse(String text) {
    List<List<String>> rules = new ArrayList<>();
    for (String line : text.lines().toList()) {
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      if (!line.startsWith(" ")) {
        rules.add(new ArrayList<>());
      }
      rules.getLast().addAll(List.of(line.strip().split(" +")));
    }
    return rules.stream().map(ProfileRule::parse).toList();
  }
}
