package io.belljar.linux.proc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessStatTest {
  private static final String AFTER_COMMAND =
      " S 1 42 7 34816 42 4194560 81 0 0 0 0 0 0 0 20 0 1 0 123456789012 2228224 225 1844674407\n";

  @TempDir private Path directory;
  private ProcFixture fixture;

  @BeforeEach
  void make() {
    fixture = new ProcFixture(directory);
  }

  @Test
  void readsTheFieldsOfAnOrdinaryProcess() {
    fixture.file("42/stat", "42 (sleep)" + AFTER_COMMAND);
    assertThat(fixture.proc().stat(42))
        .contains(new ProcessStat(42, "sleep", 'S', 1, 42, 7, 34816, 123456789012L));
  }

  @Test
  void takesACommandWithSpacesAndParenthesesWhole() {
    fixture.file("42/stat", "42 (a) R 1 (b c) Z\n)" + AFTER_COMMAND);
    ProcessStat stat = fixture.proc().stat(42).orElseThrow();
    assertThat(stat.command()).isEqualTo("a) R 1 (b c) Z\n");
    assertThat(stat.state()).isEqualTo('S');
    assertThat(stat.startTime()).isEqualTo(123456789012L);
  }

  @Test
  void isEmptyForAProcessThatIsNotThere() {
    assertThat(fixture.proc().stat(42)).isEmpty();
    assertThat(fixture.proc().identify(42)).isEmpty();
  }

  @Test
  void refusesATruncatedFile() {
    fixture.file("42/stat", "42 (sleep) S 1 42");
    assertThatThrownBy(() -> fixture.proc().stat(42))
        .isInstanceOf(ProcException.class)
        .hasMessage("read " + directory + "/42/stat: only 3 fields after the command");
  }

  @Test
  void refusesAFileWithoutACommand() {
    fixture.file("42/stat", "42 S 1\n");
    assertThatThrownBy(() -> fixture.proc().stat(42))
        .hasMessage("read " + directory + "/42/stat: no command in parentheses");
  }

  @Test
  void refusesAFileThatIsTooLarge() {
    fixture.file("42/stat", "4".repeat(100_000));
    assertThatThrownBy(() -> fixture.proc().stat(42))
        .hasMessage("read " + directory + "/42/stat: larger than 65536 bytes");
  }

  @Test
  void identifiesAProcessByItsStartTime() {
    fixture.file("42/stat", "42 (sleep)" + AFTER_COMMAND);
    ProcessIdentity identity = fixture.proc().identify(42).orElseThrow();
    assertThat(identity).isEqualTo(new ProcessIdentity(42, 123456789012L));
    assertThat(fixture.proc().isAlive(identity)).isTrue();
    assertThat(fixture.proc().isAlive(new ProcessIdentity(42, 1))).isFalse();
    assertThat(fixture.proc().isAlive(new ProcessIdentity(43, 123456789012L))).isFalse();
  }

  @Test
  void countsZombiesAndDeadProcessesAsNotAlive() {
    for (String state : new String[] {"Z", "X", "x"}) {
      fixture.file("42/stat", "42 (sleep)" + AFTER_COMMAND.replace(" S ", " " + state + " "));
      assertThat(fixture.proc().isAlive(new ProcessIdentity(42, 123456789012L))).isFalse();
      assertThat(fixture.proc().identify(42)).isEmpty();
    }
  }

  @Test
  void readsTheFormThatAPidFileHolds() {
    ProcessIdentity identity = new ProcessIdentity(42, 99);
    assertThat(identity).hasToString("42 99");
    assertThat(ProcessIdentity.parse("42 99\n")).contains(identity);
    assertThat(ProcessIdentity.parse("42")).isEmpty();
    assertThat(ProcessIdentity.parse("0 99")).isEmpty();
    assertThat(ProcessIdentity.parse("-1 99")).isEmpty();
    assertThat(ProcessIdentity.parse("4294967297 99")).isEmpty();
    assertThat(ProcessIdentity.parse("42 99 1")).isEmpty();
    assertThat(ProcessIdentity.parse("42 99999999999999999999")).isEmpty();
  }

  @Test
  void findsThisProcessAlive() {
    int pid = (int) ProcessHandle.current().pid();
    assertThat(ProcFs.host().identify(pid).orElseThrow().isAlive()).isTrue();
  }
}
