package io.belljar.spec.config;

import io.belljar.spec.json.InvalidDocumentException;
import io.belljar.spec.json.JsonWriter;
import io.belljar.spec.linux.Linux;
import io.belljar.spec.linux.NamespaceType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** What the checks look at, and where they put what they find. */
final class Subject {
  private final Config config;
  private final String document;
  private final Predicate<String> runtimeNetwork;
  private final List<String> warnings = new ArrayList<>();

  Subject(Config config, String document, Predicate<String> runtimeNetwork) {
    this.config = config;
    this.document = document;
    this.runtimeNetwork = runtimeNetwork;
  }

  Config config() {
    return config;
  }

  Linux linux() {
    return config.linux();
  }

  String document() {
    return document;
  }

  /** Whether the network namespace at {@code path} is the runtime's own. */
  boolean isRuntimeNetwork(String path) {
    return runtimeNetwork.test(path);
  }

  /** Refuses the property at {@code path}, unless the container has a namespace of {@code type}. */
  void needs(NamespaceType type, String path, String what) {
    if (!linux().has(type)) {
      throw refuse(
          path, what + " needs a namespace of its own: linux.namespaces has no " + type.word());
    }
  }

  InvalidDocumentException refuse(String path, String problem) {
    return new InvalidDocumentException(document, path, problem);
  }

  void warn(String path, String problem) {
    warnings.add(refuse(path, problem).getMessage());
  }

  List<String> warnings() {
    return List.copyOf(warnings);
  }

  static String quote(String text) {
    return JsonWriter.quote(text);
  }
}
