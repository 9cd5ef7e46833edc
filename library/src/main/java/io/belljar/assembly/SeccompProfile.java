package io.belljar.assembly;

import io.belljar.InvalidIsolationException;
import io.belljar.linux.Capability;
import io.belljar.linux.Machine;
import io.belljar.runtime.KernelVersion;
import io.belljar.spec.json.InvalidDocumentException;
import io.belljar.spec.json.JsonArray;
import io.belljar.spec.json.JsonNode;
import io.belljar.spec.json.JsonObject;
import io.belljar.spec.json.JsonReader;
import io.belljar.spec.json.JsonValue;
import io.belljar.spec.seccomp.Seccomp;
import io.belljar.spec.seccomp.SeccompReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A profile from a file: {@code linux.seccomp}, with what Docker adds to it, {@code archMap}, and
 * rules that count only with certain capabilities, on certain machines, or from a certain kernel on
 * ({@code includes}, {@code excludes}; moby's {@code profiles/seccomp}).
 */
final class SeccompProfile {
  private final Set<Capability> capabilities;
  private final KernelVersion kernel;
  private final Machine machine = Machine.current();

  private SeccompProfile(Set<Capability> capabilities, KernelVersion kernel) {
    this.capabilities = capabilities;
    this.kernel = kernel;
  }

  static Seccomp read(Path file, Set<Capability> capabilities, KernelVersion kernel) {
    if (!Files.isRegularFile(file)) {
      throw new InvalidIsolationException(
          "security-opt", "seccomp=" + file + ": there is no such file");
    }
    try {
      JsonNode profile = JsonReader.readFile(file, file.toString());
      return new SeccompProfile(capabilities, kernel).resolve(profile);
    } catch (InvalidDocumentException e) {
      throw new InvalidIsolationException("security-opt", "seccomp=" + e.getMessage());
    }
  }

  private Seccomp resolve(JsonNode profile) {
    JsonObject.Builder resolved = JsonObject.builder();
    profile
        .members()
        .forEach((name, member) -> {
          if (!name.equals("archMap") && !name.equals("syscalls")) {
            resolved.put(name, member.value());
          }
        });
    if (profile.get("archMap").isPresent()) {
      resolved.putStrings("architectures", architectures(profile));
    }
    List<JsonValue> rules =
        profile.list("syscalls", rule -> counts(rule) ? Optional.of(rule.value()) : none()).stream()
            .flatMap(Optional::stream)
            .toList();
    resolved.put("syscalls", new JsonArray(rules));
    return SeccompReader.read(JsonNode.root(resolved.build(), profile.document()));
  }

  private static Optional<JsonValue> none() {
    return Optional.empty();
  }

  private List<String> architectures(JsonNode profile) {
    String own =
        switch (machine) {
          case X86_64 -> "SCMP_ARCH_X86_64";
          case AARCH64 -> "SCMP_ARCH_AARCH64";
        };
    List<String> architectures = new ArrayList<>();
    for (JsonNode entry : profile.require("archMap").elements()) {
      if (entry.require("architecture").text().equals(own)) {
        architectures.add(own);
        architectures.addAll(entry.texts("subArchitectures"));
      }
    }
    return architectures;
  }

  private boolean counts(JsonNode rule) {
    Optional<JsonNode> includes = rule.get("includes");
    Optional<JsonNode> excludes = rule.get("excludes");
    return includes.filter(needed -> !all(needed)).isEmpty()
        && excludes.filter(this::any).isEmpty();
  }

  private boolean all(JsonNode needed) {
    return needed.texts("caps").stream().allMatch(this::has)
        && (needed.texts("arches").isEmpty() || needed.texts("arches").contains(goName()))
        && needed.text("minKernel").filter(version -> !isAtLeast(version)).isEmpty();
  }

  private boolean any(JsonNode unwanted) {
    return unwanted.texts("caps").stream().anyMatch(this::has)
        || unwanted.texts("arches").contains(goName())
        || unwanted.text("minKernel").filter(this::isAtLeast).isPresent();
  }

  private boolean has(String capability) {
    return Capability.parse(capability).filter(capabilities::contains).isPresent();
  }

  private boolean isAtLeast(String version) {
    return version.matches("\\d{1,4}\\.\\d{1,4}.*")
        && kernel.compareTo(KernelVersion.parse(version)) >= 0;
  }

  private String goName() {
    return switch (machine) {
      case X86_64 -> "amd64";
      case AARCH64 -> "arm64";
    };
  }
}
