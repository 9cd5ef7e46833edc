package io.belljar.planner;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class EnvironmentTest {
  private static final List<String> ENTRIES =
      List.of("A=1", "AB=2", "odd", "", "A=3", "E=", "P=a=b");
  private static final Environment ENVIRONMENT = Environment.of(ENTRIES);

  @Test
  void keepsOrderDuplicatesAndOddEntries() {
    assertThat(ENVIRONMENT.entries()).isEqualTo(ENTRIES);
  }

  @Test
  void findsTheFirstOfDuplicates() {
    assertThat(ENVIRONMENT.get("A")).contains("1");
  }

  @Test
  void findsWholeNamesOnly() {
    assertThat(ENVIRONMENT.get("AB")).contains("2");
    assertThat(ENVIRONMENT.get("B")).isEmpty();
    assertThat(ENVIRONMENT.get("odd")).isEmpty();
    assertThat(ENVIRONMENT.get("")).isEmpty();
  }

  @Test
  void keepsEmptyValuesAndEqualsSigns() {
    assertThat(ENVIRONMENT.get("E")).contains("");
    assertThat(ENVIRONMENT.get("P")).contains("a=b");
  }

  @Test
  void doesNotTellItsValues() {
    assertThat(ENVIRONMENT).hasToString("Environment[7 entries]");
  }
}
