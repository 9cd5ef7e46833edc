package io.belljar.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.belljar.plan.step.Step;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class OperationTest {
  @Test
  void hasDistinctCodesBelow128() {
    Set<Integer> codes = new TreeSet<>();
    for (Operation operation : Operation.values()) {
      assertThat(codes.add(operation.code())).as(operation.name()).isTrue();
      assertThat(operation.code()).isBetween(1, 127);
    }
  }

  @Test
  void hasAtMostEightArguments() {
    for (Operation operation : Operation.values()) {
      assertThat(operation.arguments()).as(operation.name()).hasSizeLessThanOrEqualTo(8);
    }
  }

  @Test
  void hasArgumentsInTheOrderOfItsStepsComponents() {
    for (Step step : SampleSteps.all()) {
      RecordComponent[] components = step.getClass().getRecordComponents();
      List<Argument> kinds =
          Arrays.stream(components).map(component -> kind(component.getType())).toList();
      assertThat(kinds).as(step.toString()).isEqualTo(step.operation().arguments());
    }
  }

  private static Argument kind(Class<?> type) {
    if (type == Slot.class) {
      return Argument.SLOT;
    } else if (type == Role.class) {
      return Argument.ROLE;
    } else if (type == String.class) {
      return Argument.TEXT;
    } else if (type == Bytes.class) {
      return Argument.BYTES;
    }
    return type == List.class ? Argument.TEXTS : Argument.NUMBER;
  }
}
