package io.belljar.cli.oci;

import io.belljar.spec.config.Config;

/** What {@code --version} prints: runc's shape, which engines parse. */
final class VersionText {
  private VersionText() {}

  static String text() {
    String version = VersionText.class.getPackage().getImplementationVersion();
    return "belljar-oci version %s\nspec: %s\njvm: %s\n"
        .formatted(
            version == null ? "development" : version, Config.OCI_VERSION, Runtime.version());
  }
}
