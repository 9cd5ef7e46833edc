package io.belljar.conformance.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.belljar.conformance.Command;
import io.belljar.conformance.Oci;
import io.belljar.conformance.OciTest;
import io.belljar.conformance.Ran;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Commands that come at the same time. */
class ConcurrencyTest extends OciTest {
  private List<Ran> all(List<Command> commands) {
    List<Command.Running> running = new ArrayList<>();
    commands.forEach(command -> running.add(command.start()));
    try {
      return running.stream().map(Command.Running::await).toList();
    } finally {
      running.forEach(Command.Running::close);
    }
  }

  private List<Command> times(int count, String... words) {
    return IntStream.range(0, count).mapToObj(_ -> oci().command(words)).toList();
  }

  @Test
  void oneOfManyCreatesOfOneNameSucceeds() {
    String bundle = bundle("exec sleep 1000").write().toString();
    List<Ran> ran = all(times(8, "create", "--bundle", bundle, id()));
    assertThat(ran.stream().filter(one -> one.code() == 0)).hasSize(1);
    ran.stream()
        .filter(one -> one.code() != 0)
        .forEach(one -> one.isRefused("container with given ID already exists"));
    assertThat(status(id())).isEqualTo("created");
  }

  @Test
  void oneOfManyStartsSucceeds() {
    assumeTrue(Oci.isBelljar(), "in runc the others may wait for ever");
    String bundle = bundle("exec sleep 1000").write().toString();
    oci("create", "--bundle", bundle, id()).succeeds();
    List<Ran> ran = all(times(6, "start", id()));
    assertThat(ran.stream().filter(one -> one.code() == 0)).hasSize(1);
    assertThat(status(id())).isEqualTo("running");
  }

  @Test
  void manyDeletesLeaveNothing() {
    start(bundle("exec sleep 1000"));
    List<Ran> ran = all(times(6, "delete", "--force", id()));
    assertThat(ran).allSatisfy(Ran::succeeds);
    assertNothingLeft();
  }

  @Test
  void createAndDeleteOfOneNameNeverMix() {
    String bundle = bundle("exec sleep 1000").write().toString();
    List<Command> commands = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      commands.add(oci().command("create", "--bundle", bundle, id()));
      commands.add(oci().command("delete", "--force", id()));
      commands.add(oci().command("list", "-q"));
      commands.add(oci().command("state", id()));
    }
    all(commands);
    oci("delete", "--force", id()).succeeds();
    assertNothingLeft();
  }

  @Test
  void manyExecsRunAtOnce() {
    start(bundle("exec sleep 1000"));
    List<Ran> ran = all(times(8, "exec", id(), "sh", "-c", "exit 3"));
    assertThat(ran).allSatisfy(one -> one.exitsWith(3));
  }
}
