package io.belljar.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.belljar.plan.step.FileStep;
import io.belljar.plan.step.IdentityStep;
import org.junit.jupiter.api.Test;

class PlanTest {
  @Test
  void stepsBelongToTheRoleSetLast() {
    Plan plan =
        Plan.builder()
            .add(new IdentityStep.NewSession(), "first")
            .role(Role.INIT)
            .add(new IdentityStep.SetHostname("box"), "second")
            .sealed()
            .last()
            .build();

    assertThat(plan.steps(Role.LAUNCHER)).containsExactly(new IdentityStep.NewSession());
    assertThat(plan.steps(Role.INIT)).containsExactly(new IdentityStep.SetHostname("box"));
    assertThat(plan.sealed()).isTrue();
    assertThat(plan.last()).isTrue();
  }

  @Test
  void equalPlansAreEqualDownToTheirBytes() {
    assertThat(writing("100")).isEqualTo(writing("100")).hasSameHashCodeAs(writing("100"));
    assertThat(writing("100")).isNotEqualTo(writing("200"));
  }

  private static Plan writing(String value) {
    return Plan.builder().add(new FileStep.Write("/a", Bytes.of(value)), "test").build();
  }

  @Test
  void givesTheSameSlotForTheSameName() {
    Plan.Builder builder = Plan.builder();
    Slot root = builder.slot("root");

    assertThat(builder.slot("target")).isEqualTo(new Slot(1, "target"));
    assertThat(builder.slot("root")).isEqualTo(root).isEqualTo(new Slot(0, "root"));
  }

  @Test
  void refusesTheSixtyFourthSlot() {
    Plan.Builder builder = Plan.builder();
    for (int i = 0; i < 63; i++) {
      builder.slot("slot" + i);
    }

    assertThat(builder.slot("slot62").number()).isEqualTo(62);
    assertThatThrownBy(() -> builder.slot("more"))
        .isInstanceOf(InvalidPlan.class)
        .hasMessage("no slot is left for the descriptor \"more\": the plan has 63 already");
  }

  @Test
  void refusesSlotsTheLauncherDoesNotHave() {
    assertThatThrownBy(() -> new Slot(63, "x")).hasMessage("slot 63 is not 0 to 62");
    assertThatThrownBy(() -> new Slot(-1, "x")).hasMessage("slot -1 is not 0 to 62");
  }

  @Test
  void refusesToleratingWhatIsNoErrno() {
    assertThatThrownBy(
            () -> Plan.builder().addTolerating(-2, new IdentityStep.NewSession(), "test"))
        .isInstanceOf(InvalidPlan.class)
        .hasMessage("the tolerated errno -2 is not 0 to 4095");
  }
}
