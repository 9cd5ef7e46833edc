package io.belljar.runtime.container;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.belljar.runtime.InvalidRequestException;
import io.belljar.spec.process.Capabilities;
import io.belljar.spec.process.Capability;
import io.belljar.spec.process.Process;
import io.belljar.spec.process.User;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ExecOptionsTest {
  private final Process container =
      Process.builder(List.of("init"))
          .env(List.of("PATH=/bin", "A=1"))
          .cwd("/work")
          .user(User.of(5, 6))
          .terminal(true)
          .noNewPrivileges(true)
          .capabilities(
              Optional.of(
                  new Capabilities(
                      Set.of(Capability.CAP_KILL),
                      Set.of(Capability.CAP_KILL),
                      Set.of(),
                      Set.of(Capability.CAP_KILL),
                      Set.of())))
          .build();

  @Test
  void takesTheRestFromTheContainer() {
    Process process = options(List.of()).applyTo(container);

    assertEquals(List.of("id"), process.args());
    assertEquals("/work", process.cwd());
    assertEquals(List.of("PATH=/bin", "A=1", "B=2"), process.env());
    assertEquals(5, process.user().uid());
    assertEquals(container.capabilities(), process.capabilities());
    assertTrue(process.noNewPrivileges());
    assertFalse(process.terminal(), "a terminal is only given when exec asks for one");
  }

  // CVE-2022-29162
  @Test
  void addsCapabilitiesToAllSetsButInheritableAndAmbient() {
    Capabilities sets =
        options(List.of(Capability.CAP_CHOWN)).applyTo(container).capabilities().orElseThrow();

    Set<Capability> both = Set.of(Capability.CAP_KILL, Capability.CAP_CHOWN);
    assertEquals(both, sets.bounding());
    assertEquals(both, sets.effective());
    assertEquals(both, sets.permitted());
    assertEquals(Set.of(), sets.inheritable());
    assertEquals(Set.of(), sets.ambient());
  }

  @Test
  void refusesToRunNothing() {
    InvalidRequestException refused =
        assertThrows(
            InvalidRequestException.class,
            () ->
                new ExecOptions(
                    List.of(),
                    Optional.empty(),
                    List.of(),
                    Optional.empty(),
                    List.of(),
                    List.of(),
                    false,
                    false,
                    Optional.empty(),
                    Optional.empty()));
    assertEquals("exec: no command to run", refused.getMessage());
  }

  private static ExecOptions options(List<Capability> capabilities) {
    return new ExecOptions(
        List.of("id"),
        Optional.empty(),
        List.of("B=2"),
        Optional.empty(),
        List.of(),
        capabilities,
        false,
        false,
        Optional.empty(),
        Optional.empty());
  }
}
