package io.belljar.spec.seccomp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.belljar.spec.json.InvalidDocumentException;
import io.belljar.spec.json.JsonNode;
import io.belljar.spec.json.JsonReader;
import io.belljar.spec.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SeccompReaderTest {
  private static Seccomp read(String text) {
    return SeccompReader.read(JsonReader.readNode(text.getBytes(StandardCharsets.UTF_8), "s.json"));
  }

  @Test
  void readsEveryProperty() {
    Seccomp seccomp =
        read(
            """
            {"defaultAction": "SCMP_ACT_ERRNO", "defaultErrnoRet": 38,
             "architectures": ["SCMP_ARCH_X86_64", "SCMP_ARCH_X86"],
             "flags": ["SECCOMP_FILTER_FLAG_LOG"],
             "listenerPath": "/run/agent", "listenerMetadata": "m",
             "syscalls": [{"names": ["personality", "no_such_call"], "action": "SCMP_ACT_ERRNO",
                           "errnoRet": 0,
                           "args": [{"index": 5, "value": 18446744073709551615, "valueTwo": 1,
                                     "op": "SCMP_CMP_MASKED_EQ"},
                                    {"index": 0, "value": 1, "op": "SCMP_CMP_EQ"}]},
                          {"names": ["mknod"], "action": "SCMP_ACT_NOTIFY"}]}\
            """);
    assertThat(seccomp)
        .isEqualTo(
            new Seccomp(
                SeccompAction.SCMP_ACT_ERRNO,
                OptionalInt.of(38),
                Set.of(SeccompArchitecture.SCMP_ARCH_X86_64, SeccompArchitecture.SCMP_ARCH_X86),
                Set.of(SeccompFlag.SECCOMP_FILTER_FLAG_LOG),
                Optional.of("/run/agent"),
                Optional.of("m"),
                List.of(
                    new Syscall(
                        List.of("personality", "no_such_call"),
                        SeccompAction.SCMP_ACT_ERRNO,
                        OptionalInt.of(0),
                        List.of(
                            new SyscallArgument(5, -1, 1, SeccompOperator.SCMP_CMP_MASKED_EQ),
                            new SyscallArgument(0, 1, 0, SeccompOperator.SCMP_CMP_EQ))),
                    Syscall.of(SeccompAction.SCMP_ACT_NOTIFY, List.of("mknod")))));
    assertThat(seccomp.notifies()).isTrue();
    assertThat(SeccompReader.read(JsonNode.root(SeccompWriter.toJson(seccomp), "s.json")))
        .isEqualTo(seccomp);
  }

  @Test
  void writesEqualFiltersEqually() {
    String text =
        "{\"defaultAction\":\"SCMP_ACT_ALLOW\",\"syscalls\":[{\"names\":[\"a\"],"
            + "\"action\":\"SCMP_ACT_LOG\"}]}";
    assertThat(JsonWriter.write(SeccompWriter.toJson(read(text)), JsonWriter.Layout.COMPACT))
        .isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {}                                                                | defaultAction: is required, but missing
          {"defaultAction": "ALLOW"}                                        | defaultAction: "ALLOW" is not a seccomp action (SCMP_ACT_KILL, SCMP_ACT_KILL_PROCESS, SCMP_ACT_KILL_THREAD, SCMP_ACT_TRAP, SCMP_ACT_ERRNO, SCMP_ACT_TRACE, SCMP_ACT_ALLOW, SCMP_ACT_LOG, SCMP_ACT_NOTIFY)
          {"defaultAction": "SCMP_ACT_ALLOW", "defaultErrnoRet": 1}         | defaultErrnoRet: 1 has no meaning for SCMP_ACT_ALLOW
          {"defaultAction": "SCMP_ACT_ERRNO", "defaultErrnoRet": 65536}     | defaultErrnoRet: 65536 is out of range (0 to 65535)
          {"defaultAction": "SCMP_ACT_ALLOW", "flags": ["X"]}               | flags[0]: "X" is not a seccomp flag (SECCOMP_FILTER_FLAG_TSYNC, SECCOMP_FILTER_FLAG_LOG, SECCOMP_FILTER_FLAG_SPEC_ALLOW, SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV)
          {"defaultAction": "SCMP_ACT_ALLOW", "syscalls": [{"action": "SCMP_ACT_LOG"}]} | syscalls[0].names: is required, but missing
          {"defaultAction": "SCMP_ACT_ALLOW", "syscalls": [{"names": [], "action": "SCMP_ACT_LOG"}]} | syscalls[0].names: must name at least one system call
          {"defaultAction": "SCMP_ACT_ALLOW", "syscalls": [{"names": ["a", ""], "action": "SCMP_ACT_LOG"}]} | syscalls[0].names[1]: is empty
          {"defaultAction": "SCMP_ACT_ALLOW", "syscalls": [{"names": ["a"]}]} | syscalls[0].action: is required, but missing
          {"defaultAction": "SCMP_ACT_ALLOW", "syscalls": [{"names": ["a"], "action": "SCMP_ACT_LOG", "args": [{"index": 6, "value": 0, "op": "SCMP_CMP_EQ"}]}]} | syscalls[0].args[0].index: 6 is out of range (0 to 5)
          {"defaultAction": "SCMP_ACT_ALLOW", "syscalls": [{"names": ["a"], "action": "SCMP_ACT_LOG", "args": [{"index": 1, "value": 0, "op": "EQ"}]}]} | syscalls[0].args[0].op: "EQ" is not a seccomp operator (SCMP_CMP_NE, SCMP_CMP_LT, SCMP_CMP_LE, SCMP_CMP_EQ, SCMP_CMP_GE, SCMP_CMP_GT, SCMP_CMP_MASKED_EQ)
          """)
  void refusesWhatIsMalformed(String text, String message) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(InvalidDocumentException.class)
        .hasMessage("s.json: " + message);
  }

  @Test
  void refusesUnknownArchitectures() {
    assertThatThrownBy(
            () -> read("{\"defaultAction\": \"SCMP_ACT_ALLOW\", \"architectures\": [\"amd64\"]}"))
        .message()
        .startsWith(
            "s.json: architectures[0]: \"amd64\" is not a seccomp architecture (SCMP_ARCH_X86, ");
  }
}
