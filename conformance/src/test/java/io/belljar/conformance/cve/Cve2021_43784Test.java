package io.belljar.conformance.cve;

import static org.assertj.core.api.Assertions.assertThat;

import io.belljar.conformance.Bundle;
import io.belljar.conformance.Command;
import io.belljar.conformance.OciTest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Long lists are carried whole or refused, never cut (CVE-2021-43784). */
class Cve2021_43784Test extends OciTest {
  @Test
  void annotationsOfMoreThan64KibibytesAreKept() {
    Map<String, String> annotations = new LinkedHashMap<>();
    for (int i = 0; i < 2000; i++) {
      annotations.put("io.belljar.test." + i, "value ".repeat(10) + i);
    }
    start(bundle("exec sleep 1000").set("annotations", annotations));
    assertThat(state(id())).containsEntry("annotations", annotations);
  }

  @Test
  void moreMapsThanTheKernelTakesAreRefused() {
    List<Object> maps = new ArrayList<>();
    for (int i = 0; i < 5000; i++) {
      maps.add(Map.of("containerID", i, "hostID", 100_000 + 2 * i, "size", 1));
    }
    Bundle bundle = bundle("exit 0").namespace("user");
    bundle.set("linux.uidMappings", maps).set("linux.gidMappings", maps);
    run(bundle).isRefused();
    assertNothingLeft();
  }

  @Test
  void asManyMapsAsFitInThePageThatTheKernelTakesAreWrittenWhole() {
    List<Object> maps = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      maps.add(Map.of("containerID", i, "hostID", 100_000 + 2 * i, "size", 1));
    }
    Command.of("chmod", "-R", "a+rX", directory().toString()).run().succeeds();
    Bundle bundle = bundle("wc -l < /proc/self/uid_map; tail -n 1 /proc/self/gid_map");
    bundle.namespace("user").set("linux.uidMappings", maps).set("linux.gidMappings", maps);
    Command.of("chmod", "-R", "a+rX", directory().toString()).run().succeeds();
    List<String> lines = run(bundle).succeeds().lines();
    assertThat(lines.getFirst()).isEqualTo("300");
    assertThat(lines.get(1).strip().split(" +")).containsExactly("299", "100598", "1");
  }

  @Test
  void aLongEnvironmentArrivesWhole() {
    List<Object> variables = new ArrayList<>(List.of("PATH=/bin"));
    for (int i = 0; i < 1500; i++) {
      variables.add("V" + i + "=" + "x".repeat(100));
    }
    Bundle bundle = bundle("env | grep -c ^V").set("process.env", variables);
    assertThat(run(bundle).succeeds().text()).isEqualTo("1500");
  }
}
