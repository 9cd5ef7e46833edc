package io.belljar.runtime.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.belljar.runtime.ContainerId;
import io.belljar.runtime.container.StartMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContainerNamesTest {
  private static final String ONE = "ab1" + "0".repeat(61);
  private static final String OTHER = "ab2" + "0".repeat(61);

  @TempDir Path root;
  private FakeMachine machine;

  @BeforeEach
  void create() {
    machine = new FakeMachine(root);
    machine.create("web");
    machine.create(ONE);
    machine.create(OTHER);
  }

  private String resolve(String text) {
    return ContainerNames.resolve(machine.request(), text).value();
  }

  private void rename(String id, String name) {
    Rename.run(machine.request(), new ContainerId(id), new ContainerId(name));
  }

  @Test
  void findsByIdByNameAndByTheBeginningOfARandomId() {
    rename(ONE, "database");
    assertThat(resolve("web")).isEqualTo("web");
    assertThat(resolve("database")).isEqualTo(ONE);
    assertThat(resolve(OTHER)).isEqualTo(OTHER);
    assertThat(resolve("ab2")).isEqualTo(OTHER);
    assertThat(machine.request().observer().look(new ContainerId(ONE)).orElseThrow().name())
        .isEqualTo("database");
    assertThat(machine.request().observer().look(new ContainerId(OTHER)).orElseThrow().name())
        .isEqualTo("ab2000000000");
  }

  @Test
  void refusesTheBeginningOfSeveralIds() {
    assertThatThrownBy(() -> resolve("ab"))
        .hasMessage("ab is the beginning of several ids: ab1000000000, ab2000000000");
  }

  @Test
  void refusesWhatIsNotThere() {
    for (String text : new String[] {"we", "", "dat", "../web", "ab3"}) {
      assertThatThrownBy(() -> resolve(text))
          .isInstanceOf(LifecycleException.class)
          .hasMessage("No such container: " + text);
    }
  }

  @Test
  void refusesANameThatAnotherContainerHas() {
    rename(ONE, "database");
    assertThatThrownBy(() -> rename(OTHER, "database"))
        .hasMessage(
            "the name database is in use by container ab1000000000; remove or rename that one"
                + " first");
    assertThatThrownBy(() -> rename(OTHER, "web"))
        .hasMessage("the name web is in use by container web; remove or rename that one first");
    assertThatThrownBy(
            () -> Create.run(machine.request(), machine.container("database", StartMode.CREATE)))
        .hasMessage("container with given ID already exists");
    rename(ONE, "cache");
    rename(OTHER, "database");
    assertThat(resolve("database")).isEqualTo(OTHER);
  }

  @Test
  void aContainerMayHaveItsOwnIdBackAsItsName() {
    rename("web", "front");
    assertThat(resolve("web")).isEqualTo("web");
    rename("web", "web");
    assertThat(machine.request().observer().look(new ContainerId("web")).orElseThrow().name())
        .isEqualTo("web");
  }

  @Test
  void aNameIsFreeAgainOnceItIsGivenUpOrItsContainerIsGone() throws IOException {
    Path names = machine.store.root().resolve(".creating/~names");
    rename(ONE, "database");
    rename(ONE, "cache");
    assertThatThrownBy(() -> resolve("database")).hasMessage("No such container: database");
    assertThat(names.resolve("cache")).hasContent(ONE);
    Delete.run(machine.request(), new Delete.Options(new ContainerId(ONE), true));
    assertThat(names).isEmptyDirectory();
    // What a planner leaves that dies in the midst of a rename.
    Files.writeString(names.resolve("cache"), OTHER);
    assertThatThrownBy(() -> resolve("cache")).hasMessage("No such container: cache");
    rename("web", "cache");
    assertThat(resolve("cache")).isEqualTo("web");
  }

  @Test
  void anyWordMayBeANameAlsoOnesThatTheStoreUses() {
    for (String name : new String[] {"lock", "names"}) {
      machine.create(name);
      assertThat(resolve(name)).isEqualTo(name);
      rename(ONE, name + "-of");
      assertThat(resolve(name + "-of")).isEqualTo(ONE);
    }
  }

  @Test
  void tellsAnOrdinaryUserThatRootsContainersAreNotSeen() {
    Invocation root = machine.request();
    var other =
        new Invocation(
            root.observer(),
            root.facts(),
            root.filters(),
            root.executor(),
            root.launcher(),
            1000,
            root.warnings());
    assertThatThrownBy(() -> ContainerNames.resolve(other, "db"))
        .hasMessage("No such container: db (root's containers are not yours to see)");
  }
}
