package io.belljar.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.belljar.plan.step.FileStep;
import io.belljar.plan.step.ProcessStep;
import io.belljar.plan.step.Step;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ExplanationTest {
  @Test
  void textReadsAsInTheFile() throws Exception {
    reads("explanation.txt", Explanation.text(SamplePlan.plan()));
  }

  @Test
  void jsonReadsAsInTheFile() throws Exception {
    String json = Explanation.json(SamplePlan.plan()).replace(",{\"number\"", ",\n{\"number\"");
    reads("explanation.json", json + "\n");
  }

  @Test
  void callsOfEveryStepReadAsInTheFile() throws Exception {
    StringBuilder text = new StringBuilder();
    for (Step step : SampleSteps.all()) {
      text.append(step.operation().name()).append('\n');
      for (SystemCall call : step.calls()) {
        text.append("  ").append(call.stage()).append(' ').append(call);
        text.append(call.optional() ? "  /* " + call.condition() + " */\n" : "\n");
      }
    }
    reads("calls.txt", text.toString());
  }

  @Test
  void staysWithinItsWidth() {
    Plan.Builder builder = Plan.builder();
    SampleSteps.all()
        .forEach(step -> builder.add(step, "config: a reason of " + "some ".repeat(9)));

    assertThat(Explanation.text(builder.build()).lines())
        .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(Explanation.WIDTH));
  }

  @Test
  void stagesHaveNoGapsAndOptionalCallsSayWhen() {
    for (Step step : SampleSteps.all()) {
      Set<Integer> stages = new TreeSet<>();
      for (SystemCall call : step.calls()) {
        stages.add(call.stage());
        assertThat(call.optional()).isEqualTo(!call.condition().isEmpty());
      }
      assertThat(stages).as(step.toString()).isNotEmpty();
      assertThat(stages.stream().mapToInt(stage -> stage).max()).hasValue(stages.size() - 1);
    }
  }

  @Test
  void hidesTheEnvironmentAndCutsLongStringsOff() {
    Plan plan =
        Plan.builder()
            .add(new FileStep.Write("/a", Bytes.of("x".repeat(300))), "test")
            .add(
                new ProcessStep.Run(
                    "/hook",
                    List.of(),
                    List.of("TOKEN=secret"),
                    Bytes.EMPTY,
                    Role.INIT,
                    Bytes.EMPTY,
                    0),
                "test")
            .build();

    assertThat(Explanation.text(plan))
        .contains("… /* 1 var */")
        .doesNotContain("secret")
        .contains("x\"..., 300)");
  }

  @Test
  void jsonEscapesWhatJsonMustNotHold() {
    Plan plan =
        Plan.builder().add(new FileStep.RemoveFile("/\"\\\n\t\u0001\uDCFFé"), "test").build();

    assertThat(Explanation.json(plan)).contains("\"path\":\"/\\\"\\\\\\n\\t\\u0001\\udcffé\"");
  }

  // With -Dbelljar.golden=write the files are written anew, for a reviewer to read.
  private static void reads(String name, String actual) throws Exception {
    if ("write".equals(System.getProperty("belljar.golden"))) {
      Files.writeString(Path.of("src/test/resources/io/belljar/plan", name), actual);
      return;
    }
    assertThat(actual).isEqualTo(file(name));
  }

  private static String file(String name) throws Exception {
    try (InputStream in = ExplanationTest.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
