package io.belljar.spec.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.belljar.spec.json.JsonNode;
import io.belljar.spec.linux.IdMapping;
import io.belljar.spec.linux.Namespace;
import io.belljar.spec.linux.NamespaceType;
import org.junit.jupiter.api.Test;

class DefaultConfigTest {
  private static Config ofRunc(String name) {
    return ConfigReader.read(Documents.resource(name), name).toBuilder()
        .ociVersion(Config.OCI_VERSION)
        .build();
  }

  @Test
  void meansWhatTheOneOfRuncMeans() {
    assertThat(DefaultConfig.rootful(false)).isEqualTo(ofRunc("runc-default.json"));
    assertThat(DefaultConfig.rootless(0, 0, false)).isEqualTo(ofRunc("runc-rootless.json"));
  }

  @Test
  void isWrittenAsTheOneOfRuncIs() {
    assertThat(ConfigWriter.write(DefaultConfig.rootful(false)))
        .isEqualTo(ConfigWriter.write(ofRunc("runc-default.json")));
    assertThat(ConfigWriter.write(DefaultConfig.rootless(0, 0, false)))
        .isEqualTo(ConfigWriter.write(ofRunc("runc-rootless.json")));
  }

  @Test
  void hasACgroupNamespaceWhereCgroupsAreUnified() {
    assertThat(DefaultConfig.rootful(true).linux().namespaces())
        .endsWith(Namespace.created(NamespaceType.CGROUP));
    assertThat(DefaultConfig.rootless(1, 2, true).linux().namespaces())
        .endsWith(Namespace.created(NamespaceType.CGROUP), Namespace.created(NamespaceType.USER));
  }

  @Test
  void mapsRootToTheCaller() {
    Config config = DefaultConfig.rootless(1000, 100, false);
    assertThat(config.linux().uidMappings()).containsExactly(new IdMapping(0, 1000, 1));
    assertThat(config.linux().gidMappings()).containsExactly(new IdMapping(0, 100, 1));
  }

  @Test
  void isValid() {
    for (boolean unified : new boolean[] {true, false}) {
      for (Config config :
          new Config[] {
            DefaultConfig.rootful(unified), DefaultConfig.rootless(1000, 1000, unified)
          }) {
        assertThat(ConfigValidator.validate(config, "config.json")).isEmpty();
        assertThat(ConfigReader.read(JsonNode.root(ConfigWriter.toJson(config), "config.json")))
            .isEqualTo(config);
      }
    }
  }
}
