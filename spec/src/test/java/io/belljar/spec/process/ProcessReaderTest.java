package io.belljar.spec.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.belljar.spec.json.InvalidDocumentException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProcessReaderTest {
  private static Process process(String members) {
    return read(
        "{\"args\": [\"sh\"], \"cwd\": \"/\"" + (members.isEmpty() ? "" : ", ") + members + "}");
  }

  private static Process read(String text) {
    return ProcessReader.read(text.getBytes(StandardCharsets.UTF_8), "p.json");
  }

  private static void assertRefused(String members, String message) {
    assertThatThrownBy(() -> process(members))
        .isInstanceOf(InvalidDocumentException.class)
        .hasMessage("p.json: " + message);
  }

  @Test
  void readsTheSmallestProcess() {
    assertThat(process("")).isEqualTo(Process.builder(List.of("sh")).build());
  }

  @Test
  void readsEveryProperty() {
    Process process =
        process(
            """
            "terminal": true, "consoleSize": {"height": 24, "width": 80},
            "user": {"uid": 1, "gid": 2, "umask": 63, "additionalGids": [5, 4294967294],
                     "username": "u"},
            "env": ["A=b", "E="],
            "capabilities": {"bounding": ["CAP_KILL", "CAP_CHOWN"], "ambient": ["CAP_BPF"]},
            "rlimits": [{"type": "RLIMIT_NOFILE", "hard": 18446744073709551615, "soft": 7}],
            "noNewPrivileges": true, "apparmorProfile": "a", "selinuxLabel": "s",
            "oomScoreAdj": -500,
            "scheduler": {"policy": "SCHED_DEADLINE", "flags": ["SCHED_FLAG_RECLAIM"],
                          "runtime": 1, "deadline": 2, "period": 3},
            "ioPriority": {"class": "IOPRIO_CLASS_BE", "priority": 4},
            "execCPUAffinity": {"initial": "0", "final": "1-2"}\
            """);
    assertThat(process)
        .isEqualTo(
            new Process(
                true,
                Optional.of(new ConsoleSize(24, 80)),
                new User(1, 2, OptionalInt.of(077), List.of(5L, 4294967294L), Optional.of("u")),
                List.of("sh"),
                List.of("A=b", "E="),
                "/",
                Optional.of(
                    new Capabilities(
                        Set.of(Capability.CAP_KILL, Capability.CAP_CHOWN),
                        Set.of(),
                        Set.of(),
                        Set.of(),
                        Set.of(Capability.CAP_BPF))),
                List.of(new Rlimit(RlimitType.RLIMIT_NOFILE, Rlimit.INFINITY, 7)),
                true,
                Optional.of("a"),
                Optional.of("s"),
                OptionalInt.of(-500),
                Optional.of(
                    new Scheduler(
                        Scheduler.Policy.SCHED_DEADLINE,
                        0,
                        0,
                        Set.of(Scheduler.Flag.SCHED_FLAG_RECLAIM),
                        1,
                        2,
                        3)),
                Optional.of(new IoPriority(IoPriority.PriorityClass.IOPRIO_CLASS_BE, 4)),
                Optional.of(new ExecCpuAffinity(Optional.of("0"), Optional.of("1-2")))));
    assertThat(
            ProcessReader.read(
                io.belljar.spec.json.JsonNode.root(ProcessWriter.toJson(process), "p.json")))
        .isEqualTo(process);
  }

  @Test
  void callsAFileByItsPath(@TempDir Path directory) throws IOException {
    Path file = Files.writeString(directory.resolve("process.json"), "{}");
    assertThatThrownBy(() -> ProcessReader.readFile(file))
        .hasMessage(file + ": args: is required, but missing");
  }

  @Test
  void refusesAProcessWithoutProgram() {
    assertThatThrownBy(() -> read("{\"cwd\": \"/\"}"))
        .hasMessage("p.json: args: is required, but missing");
    assertThatThrownBy(() -> read("{\"cwd\": \"/\", \"args\": []}"))
        .hasMessage("p.json: args: must name a program to run");
    assertThatThrownBy(() -> read("{\"cwd\": \"/\", \"args\": [\"a\\u0000\"]}"))
        .hasMessage("p.json: args[0]: \"a\\u0000\" has a NUL character");
  }

  @Test
  void refusesAWorkingDirectoryThatIsNotAbsolute() {
    assertThatThrownBy(() -> read("{\"args\": [\"a\"]}"))
        .hasMessage("p.json: cwd: is required, but missing");
    assertThatThrownBy(() -> read("{\"args\": [\"a\"], \"cwd\": \"\"}"))
        .hasMessage("p.json: cwd: is empty");
    assertThatThrownBy(() -> read("{\"args\": [\"a\"], \"cwd\": \"tmp\"}"))
        .hasMessage("p.json: cwd: \"tmp\" is not an absolute path");
  }

  @Test
  void refusesEnvironmentEntriesWithoutNameOrValue() {
    assertRefused("\"env\": [\"A=b\", \"PATH\"]", "env[1]: \"PATH\" is not of the form NAME=value");
    assertRefused("\"env\": [\"=x\"]", "env[0]: \"=x\" has no name before the =");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"uid": 4294967296, "gid": 0}   | uid: 4294967296 is out of range (0 to 4294967294)
          {"uid": 4294967295, "gid": 0}   | uid: 4294967295 is out of range (0 to 4294967294)
          {"uid": -1, "gid": 0}           | uid: -1 is out of range (0 to 4294967294)
          {"uid": "1", "gid": 0}          | uid: "1" is not a number
          {"uid": 1.5, "gid": 0}          | uid: 1.5 is not a whole number
          {"gid": 0}                      | uid: is required, but missing
          {"uid": 0}                      | gid: is required, but missing
          {"uid": 0, "gid": 99999999999}  | gid: 99999999999 is out of range (0 to 4294967294)
          {"uid": 0, "gid": 0, "umask": 512} | umask: 512 is out of range (0 to 511)
          {"uid": 0, "gid": 0, "additionalGids": [0, -5]} | additionalGids[1]: -5 is out of range (0 to 4294967294)
          """)
  void refusesUsersThatDoNotExist(String user, String message) {
    assertRefused("\"user\": " + user, "user." + message);
  }

  @Test
  void takesAProcessWithoutUserForRoot() {
    assertThat(process("").user()).isEqualTo(User.of(0, 0));
  }

  @Test
  void refusesUnknownCapabilities() {
    assertThatThrownBy(() -> process("\"capabilities\": {\"bounding\": [\"CAP_FLY\"]}"))
        .message()
        .startsWith(
            "p.json: capabilities.bounding[0]: \"CAP_FLY\" is not a capability of this version of"
                + " Linux (CAP_CHOWN, CAP_DAC_OVERRIDE, ")
        .endsWith("CAP_CHECKPOINT_RESTORE)")
        .hasLineCount(1);
  }

  @Test
  void refusesUnknownLimits() {
    assertThatThrownBy(
            () -> process("\"rlimits\": [{\"type\": \"RLIMIT_X\", \"hard\": 1, \"soft\": 1}]"))
        .message()
        .startsWith("p.json: rlimits[0].type: \"RLIMIT_X\" is not an rlimit type (RLIMIT_CPU, ");
    assertRefused(
        "\"rlimits\": [{\"type\": \"RLIMIT_CPU\", \"hard\": 1}]",
        "rlimits[0].soft: is required, but missing");
    assertRefused(
        "\"rlimits\": [{\"type\": \"RLIMIT_CPU\", \"hard\": -1, \"soft\": 0}]",
        "rlimits[0].hard: -1 is out of range (0 to 18446744073709551615)");
  }

  @Test
  void refusesValuesOutOfRange() {
    assertRefused("\"oomScoreAdj\": 1001", "oomScoreAdj: 1001 is out of range (-1000 to 1000)");
    assertRefused(
        "\"consoleSize\": {\"height\": 70000, \"width\": 1}",
        "consoleSize.height: 70000 is out of range (0 to 65535)");
    assertRefused(
        "\"ioPriority\": {\"class\": \"IOPRIO_CLASS_RT\", \"priority\": 8}",
        "ioPriority.priority: 8 is out of range (0 to 7)");
    assertRefused(
        "\"ioPriority\": {\"class\": \"X\", \"priority\": 1}",
        "ioPriority.class: \"X\" is not an I/O priority class"
            + " (IOPRIO_CLASS_RT, IOPRIO_CLASS_BE, IOPRIO_CLASS_IDLE)");
    assertRefused("\"scheduler\": {}", "scheduler.policy: is required, but missing");
    assertRefused("\"terminal\": \"no\"", "terminal: \"no\" is not a boolean");
  }
}
