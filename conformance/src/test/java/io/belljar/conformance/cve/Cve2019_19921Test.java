package io.belljar.conformance.cve;

import static org.assertj.core.api.Assertions.assertThat;

import io.belljar.conformance.Bundle;
import io.belljar.conformance.OciTest;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * /proc and /sys must be mounted on directories of the root, never through symbolic links
 * (CVE-2019-19921, CVE-2023-27561, CVE-2023-28642).
 */
class Cve2019_19921Test extends OciTest {
  @ParameterizedTest
  @ValueSource(strings = {"proc", "sys"})
  void aSymbolicLinkInItsPlaceIsRefused(String name) throws Exception {
    Bundle bundle = bundle("exit 0").writable();
    Files.delete(bundle.root().resolve(name));
    Path elsewhere = Files.createDirectory(bundle.root().resolve("elsewhere"));
    Files.createSymbolicLink(bundle.root().resolve(name), Path.of("/elsewhere"));
    run(bundle).isRefused(name);
    assertThat(elsewhere).isEmptyDirectory();
    assertNothingLeft();
  }

  @ParameterizedTest
  @ValueSource(strings = {"proc", "sys"})
  void aSymbolicLinkOutOfTheRootIsRefused(String name) throws Exception {
    Bundle bundle = bundle("exit 0").writable();
    Path outside = Files.createDirectory(directory().resolve("outside"));
    Files.delete(bundle.root().resolve(name));
    Files.createSymbolicLink(bundle.root().resolve(name), Path.of("../../outside"));
    run(bundle).isRefused(name);
    assertThat(outside).isEmptyDirectory();
    assertNothingLeft();
  }

  @Test
  void aFileInItsPlaceIsRefused() throws Exception {
    Bundle bundle = bundle("exit 0").writable();
    Files.delete(bundle.root().resolve("proc"));
    Files.createFile(bundle.root().resolve("proc"));
    run(bundle).isRefused("proc");
    assertNothingLeft();
  }
}
