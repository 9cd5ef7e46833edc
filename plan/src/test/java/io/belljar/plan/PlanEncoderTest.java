package io.belljar.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.belljar.plan.PlanDecoder.DecodedStep;
import io.belljar.plan.step.FileStep;
import io.belljar.plan.step.GroupStep;
import io.belljar.plan.step.IdentityStep;
import io.belljar.plan.step.ProcessStep;
import io.belljar.plan.step.Step;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class PlanEncoderTest {
  @Test
  void decodingGivesEveryOperationBack() {
    Plan.Builder builder = Plan.builder().role(Role.INIT);
    SampleSteps.all().forEach(step -> builder.addTolerating(2, step, "test"));
    List<DecodedStep> decoded = PlanDecoder.decode(PlanEncoder.encode(builder.build()));

    assertThat(decoded).hasSameSizeAs(SampleSteps.all());
    for (int i = 0; i < decoded.size(); i++) {
      Step step = SampleSteps.all().get(i);
      assertThat(decoded.get(i).role()).isEqualTo(Role.INIT);
      assertThat(decoded.get(i).tolerated()).isEqualTo(2);
      assertThat(decoded.get(i).operation()).isEqualTo(step.operation());
      assertThat(wire(decoded.get(i).arguments())).isEqualTo(wire(step.arguments()));
    }
    assertThat(decoded.stream().map(DecodedStep::operation).collect(Collectors.toSet()))
        .containsExactlyInAnyOrder(Operation.values());
  }

  private static List<Object> wire(List<Object> arguments) {
    return arguments.stream()
        .map(argument ->
            switch (argument) {
              case Number number -> number.longValue();
              case Slot slot -> slot.number();
              default -> argument;
            })
        .toList();
  }

  @Test
  void writesHeaderStepsAndData() {
    Plan plan =
        Plan.builder()
            .role(Role.UNDO)
            .addTolerating(2, new FileStep.RemoveFile("/a"), "test")
            .build();

    assertThat(HexFormat.of().formatHex(PlanEncoder.encode(plan)))
        .isEqualTo(
            "424a5031"
                + "5b000000"
                + "01000000"
                + "58000000" // BJP1, 91 bytes, 1 step, data at 88
                + "0f00"
                + "fe00"
                + "02000000"
                + "00".repeat(64) // REMOVE_FILE, UNDO, ENOENT
                + "2f6100"); // "/a"
  }

  @Test
  void writesEqualTextsOnce() {
    Step step = new FileStep.RemoveFile("/run/box/a-rather-long-name");
    int once = PlanEncoder.encode(Plan.builder().add(step, "test").build()).length;
    int twice = PlanEncoder.encode(Plan.builder().add(step, "a").add(step, "b").build()).length;

    assertThat(twice - once).isEqualTo(PlanFormat.STEP_BYTES);
  }

  @Test
  void alignsBytesForTheKernel() {
    Plan plan =
        Plan.builder()
            .add(new IdentityStep.FilterCalls(0, SampleSteps.PROGRAM), "test")
            .add(new IdentityStep.SetHostname("box"), "test")
            .add(new IdentityStep.FilterCalls(0, new byte[24]), "test")
            .build();

    assertThat(PlanDecoder.decode(PlanEncoder.encode(plan)).get(2).arguments())
        .contains(Bytes.of(new byte[24]));
  }

  @Test
  void refusesTextWithNul() {
    Plan plan =
        Plan.builder()
            .add(new FileStep.RemoveFile("/a"), "test")
            .add(new FileStep.RemoveFile("/a\0b"), "test")
            .build();

    assertThatThrownBy(() -> PlanEncoder.encode(plan))
        .isInstanceOf(InvalidPlan.class)
        .hasMessage("step 1 (REMOVE_FILE): the text \"/a\\0b\" holds a NUL");
  }

  @Test
  void refusesHalfACharacter() {
    Plan plan = Plan.builder().add(new FileStep.RemoveFile("/a\uD83D"), "test").build();

    assertThatThrownBy(() -> PlanEncoder.encode(plan))
        .isInstanceOf(InvalidPlan.class)
        .hasMessage("step 0 (REMOVE_FILE): the text holds half a character at position 2");
  }

  @Test
  void refusesToActOnUndo() {
    Plan plan = Plan.builder().add(new GroupStep.Place("/g", Role.UNDO), "test").build();

    assertThatThrownBy(() -> PlanEncoder.encode(plan))
        .isInstanceOf(InvalidPlan.class)
        .hasMessage("step 0 (PLACE): UNDO is not a process");
  }

  @Test
  void refusesMoreStringsThanTheLauncherHasPointersFor() {
    Plan fits = finish(Collections.nCopies(65535, ""));
    Plan plan = finish(Collections.nCopies(65536, ""));

    assertThat(PlanDecoder.decode(PlanEncoder.encode(fits))).hasSize(1);
    assertThatThrownBy(() -> PlanEncoder.encode(plan))
        .isInstanceOf(InvalidPlan.class)
        .hasMessage("step 0 (FINISH): 65536 strings, and the launcher takes at most 65535");
  }

  private static Plan finish(List<String> request) {
    return Plan.builder().add(new ProcessStep.Finish(request), "test").build();
  }

  @Test
  void takesFourMebibytesAndNotAByteMore() {
    int room = (4 << 20) - PlanFormat.HEADER_BYTES - PlanFormat.STEP_BYTES - 1;
    Plan fits = Plan.builder().add(new ProcessStep.Print(1, "a".repeat(room)), "test").build();
    Plan plan = Plan.builder().add(new ProcessStep.Print(1, "a".repeat(room + 1)), "test").build();

    assertThat(PlanEncoder.encode(fits)).hasSize(4 << 20);
    assertThatThrownBy(() -> PlanEncoder.encode(plan))
        .isInstanceOf(PlanTooLarge.class)
        .hasMessageStartingWith(
            "the plan has 4194305 bytes, and the launcher takes at most 4194304");
  }

  @Test
  void refusesMoreStepsThanFit() {
    PlannedStep step = new PlannedStep(Role.LAUNCHER, new IdentityStep.NewSession(), 0, "test");
    Plan plan = new Plan(Collections.nCopies(60_000, step), false, false, false);

    assertThatThrownBy(() -> PlanEncoder.encode(plan))
        .isInstanceOf(PlanTooLarge.class)
        .hasMessageContaining("4320016 bytes");
  }

  @Test
  void keepsBytesThatAreNotUtf8() {
    byte[] name = {'/', (byte) 0xFF, 'a', (byte) 0xC3};
    Plan plan = Plan.builder().add(new FileStep.RemoveFile(WireText.decode(name)), "test").build();
    byte[] encoded = PlanEncoder.encode(plan);

    assertThat(Arrays.copyOfRange(encoded, 88, 92)).isEqualTo(name);
  }
}
