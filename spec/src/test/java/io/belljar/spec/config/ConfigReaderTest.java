package io.belljar.spec.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.belljar.spec.json.InvalidDocumentException;
import io.belljar.spec.linux.IdMapping;
import io.belljar.spec.linux.Linux;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigReaderTest {
  private static void assertRefused(Supplier<Config> reading, String message) {
    assertThatThrownBy(reading::get)
        .isInstanceOf(InvalidDocumentException.class)
        .hasMessage("config.json: " + message);
  }

  @Test
  void readsTheSmallestConfiguration() {
    Config config = Documents.config();
    assertThat(config).isEqualTo(Config.builder(new Root("r", false)).ociVersion("1.2.0").build());
    assertThat(config.process()).isEmpty();
    assertThat(config.linux()).isEqualTo(Linux.NONE);
    assertThat(config.hooks()).isEqualTo(Hooks.NONE);
  }

  @Test
  void readsEmptyPartsAsAbsentOnes() {
    assertThat(
            Documents.config(
                "\"linux\": {\"resources\": {\"memory\": {}, \"devices\": null}}",
                "\"hooks\": {\"prestart\": []}",
                "\"hostname\": \"\"",
                "\"mounts\": null"))
        .isEqualTo(Documents.config());
  }

  @Test
  void ignoresPropertiesThatItDoesNotKnow() {
    assertThat(Documents.config("\"x\": {\"y\": [1, \"\\u0000\"]}", "\"windows\": {\"z\": 1}"))
        .isEqualTo(Documents.config());
  }

  @Test
  void readsAFile(@TempDir Path bundle) throws IOException {
    Path file = bundle.resolve("config.json");
    Files.writeString(file, "{\"ociVersion\": \"1.0.2-dev\", \"root\": {\"path\": \"r\"}}");
    assertThat(ConfigReader.readFile(file).ociVersion()).isEqualTo("1.0.2-dev");
  }

  @Test
  void callsAFileByItsUsualName(@TempDir Path bundle) throws IOException {
    Path file = Files.writeString(bundle.resolve("config.json"), "{}");
    assertThatThrownBy(() -> ConfigReader.readFile(file))
        .hasMessage("config.json: ociVersion: is required, but missing");
  }

  @Test
  void refusesAConfigurationWithoutVersionOrRoot() {
    assertRefused(() -> Documents.read("{}"), "ociVersion: is required, but missing");
    assertRefused(
        () -> Documents.read("{\"ociVersion\": \"1.0.0\"}"), "root: is required, but missing");
    assertRefused(
        () -> Documents.read("{\"ociVersion\": \"1.0.0\", \"root\": {}}"),
        "root.path: is required, but missing");
    assertRefused(
        () -> Documents.read("{\"ociVersion\": \"1.0.0\", \"root\": {\"path\": \"\"}}"),
        "root.path: is empty");
    assertRefused(() -> Documents.read("[]"), "a list is not an object");
  }

  @Test
  void refusesVersionsThatItDoesNotFollow() {
    assertRefused(
        () -> Documents.read("{\"ociVersion\": \"one\"}"),
        "ociVersion: \"one\" is not a version, as 1.3.0");
    assertRefused(
        () -> Documents.read("{\"ociVersion\": \"0.9.0\"}"),
        "ociVersion: \"0.9.0\" is not a version of the specification that is supported"
            + " (1.0.0 and later)");
    assertRefused(
        () -> Documents.read("{\"ociVersion\": \"2.0.0\"}"),
        "ociVersion: \"2.0.0\" is not a version of the specification that is supported"
            + " (1.0.0 and later)");
  }

  @Test
  void refusesHostNamesThatTheKernelWouldNotTake() {
    assertThat(Documents.config("\"hostname\": \"" + "h".repeat(64) + "\"").hostname()).isPresent();
    assertRefused(
        () -> Documents.config("\"hostname\": \"" + "h".repeat(65) + "\""),
        "hostname: \"" + "h".repeat(65) + "\" is longer than 64 bytes");
    assertRefused(
        () -> Documents.config("\"domainname\": \"" + "é".repeat(33) + "\""),
        "domainname: \"" + "é".repeat(33) + "\" is longer than 64 bytes");
  }

  @Test
  void readsMounts() {
    Config config =
        Documents.config(
            """
            "mounts": [
              {"destination": "/a", "type": "tmpfs", "source": "tmpfs", "options": ["ro", ""]},
              {"destination": "/b", "source": "/src", "options": ["rbind"],
               "uidMappings": [{"containerID": 0, "hostID": 1000, "size": 1}],
               "gidMappings": [{"containerID": 0, "hostID": 2000, "size": 2}]},
              {"destination": "c"}
            ]\
            """);
    assertThat(config.mounts())
        .containsExactly(
            Mount.of("/a", "tmpfs", "tmpfs", List.of("ro", "")),
            new Mount(
                "/b",
                Optional.empty(),
                Optional.of("/src"),
                List.of("rbind"),
                List.of(new IdMapping(0, 1000, 1)),
                List.of(new IdMapping(0, 2000, 2))),
            new Mount("c", Optional.empty(), Optional.empty(), List.of(), List.of(), List.of()));
    assertThat(config.mounts().get(2).absoluteDestination()).isEqualTo("/c");
  }

  @Test
  void refusesMountsWithoutDestination() {
    assertRefused(
        () -> Documents.config("\"mounts\": [{\"type\": \"proc\"}]"),
        "mounts[0].destination: is required, but missing");
    assertRefused(
        () -> Documents.config("\"mounts\": [{\"destination\": \"\"}]"),
        "mounts[0].destination: is empty");
    assertRefused(
        () -> Documents.config("\"mounts\": [{\"destination\": \"/a\\u0000b\"}]"),
        "mounts[0].destination: \"/a\\u0000b\" has a NUL character");
    assertRefused(
        () -> Documents.config("\"mounts\": {\"destination\": \"/a\"}"),
        "mounts: an object is not a list");
  }

  @Test
  void readsAllSixListsOfHooks() {
    String hook = "[{\"path\": \"/bin/h\", \"args\": [\"h\"], \"env\": [\"A=b\"], \"timeout\": 3}]";
    StringBuilder text = new StringBuilder("\"hooks\": {");
    for (String name : Hooks.NAMES) {
      text.append(text.charAt(text.length() - 1) == '{' ? "" : ",");
      text.append('"').append(name).append("\": ").append(hook);
    }
    List<Hook> hooks = List.of(new Hook("/bin/h", List.of("h"), List.of("A=b"), OptionalInt.of(3)));
    assertThat(Documents.config(text.append('}').toString()).hooks())
        .isEqualTo(new Hooks(hooks, hooks, hooks, hooks, hooks, hooks));
  }

  @Test
  void refusesHooksThatCannotRun() {
    assertRefused(
        () -> Documents.config("\"hooks\": {\"poststop\": [{}]}"),
        "hooks.poststop[0].path: is required, but missing");
    assertRefused(
        () -> Documents.config("\"hooks\": {\"prestart\": [{\"path\": \"true\"}]}"),
        "hooks.prestart[0].path: \"true\" is not an absolute path");
    assertRefused(
        () -> Documents.config("\"hooks\": {\"prestart\": [{\"path\": \"/t\", \"timeout\": 0}]}"),
        "hooks.prestart[0].timeout: 0 is out of range (1 to 2147483647)");
  }

  @Test
  void readsAnnotationsInTheirOrder() {
    assertThat(Documents.config("\"annotations\": {\"z\": \"1\", \"a\": \"\"}").annotations())
        .containsExactly(Map.entry("z", "1"), Map.entry("a", ""));
  }

  @Test
  void refusesAnnotationsThatAreNotStrings() {
    assertRefused(
        () -> Documents.config("\"annotations\": {\"a.b\": 1}"),
        "annotations[\"a.b\"]: 1 is not a string");
    assertRefused(
        () -> Documents.config("\"annotations\": {\"\": \"x\"}"),
        "annotations[\"\"]: has an empty key");
  }

  @Test
  void namesAnUnknownNamespaceTypeAndTheKnownOnes() {
    assertRefused(
        () ->
            Documents.linux(
                "\"namespaces\": [{\"type\": \"pid\"}, {\"type\": \"uts\"}, {\"type\": \"nets\"}]"),
        "linux.namespaces[2].type: \"nets\" is not a namespace type"
            + " (pid, network, mount, ipc, uts, user, cgroup, time)");
  }
}
