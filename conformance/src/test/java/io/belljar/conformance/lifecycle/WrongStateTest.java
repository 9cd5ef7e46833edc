package io.belljar.conformance.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.belljar.conformance.Bundle;
import io.belljar.conformance.OciTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Verbs that come at the wrong moment are refused and change nothing. */
class WrongStateTest extends OciTest {
  private void create(Bundle bundle) {
    oci("create", "--bundle", bundle.write().toString(), id()).succeeds();
  }

  private void stopped() {
    create(bundle("exit 0"));
    oci("start", id()).succeeds();
    eventually("it has stopped", () -> status(id()).equals("stopped"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"start", "state", "kill", "delete"})
  void refusesWhatDoesNotExist(String verb) {
    oci(verb, id()).isRefused("container does not exist").inOneLine();
    assertNothingLeft();
  }

  @Test
  void refusesToExecuteInWhatDoesNotExist() {
    oci("exec", id(), "true").isRefused("container does not exist");
  }

  @Test
  void refusesASecondStart() {
    create(bundle("exec sleep 1000"));
    oci("start", id()).succeeds();
    oci("start", id()).isRefused("cannot start an already running container");
    assertThat(status(id())).isEqualTo("running");
  }

  @Test
  void refusesToStartWhatHasStopped() {
    stopped();
    oci("start", id()).isRefused("cannot start a container that has stopped");
  }

  @Test
  void refusesToKillWhatHasStopped() {
    stopped();
    oci("kill", id(), "KILL").isRefused("container not running");
  }

  @Test
  void refusesToExecuteInWhatHasStopped() {
    stopped();
    oci("exec", id(), "true").isRefused("cannot exec in a stopped container");
  }

  @Test
  void refusesToDeleteWhatRuns() {
    start(bundle("exec sleep 1000"));
    oci("delete", id()).isRefused("is not stopped: running");
    assertThat(status(id())).isEqualTo("running");
  }

  @ParameterizedTest
  @ValueSource(strings = {"create", "run"})
  void refusesASecondContainerOfTheName(String verb) {
    long pid = start(bundle("exec sleep 1000"));
    Bundle second = bundle("exit 0");
    oci(verb, "--bundle", second.write().toString(), id())
        .isRefused("container with given ID already exists")
        .inOneLine();
    assertThat(pid(id())).isEqualTo(pid);
    assertThat(status(id())).isEqualTo("running");
  }

  @Test
  void refusesAnUnknownSignal() {
    start(bundle("exec sleep 1000"));
    oci("kill", id(), "SIGNOTHING").isRefused("unknown signal");
    assertThat(status(id())).isEqualTo("running");
  }
}
