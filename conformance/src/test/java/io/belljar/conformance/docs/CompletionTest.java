package io.belljar.conformance.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.belljar.conformance.Command;
import io.belljar.conformance.Machine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Completion, as each shell does it. Names of containers come from a stand-in for {@code belljar}.
 */
@Tag("integration")
class CompletionTest {
  private static final String BASH =
      """
      source "$1"; shift
      COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1))
      _belljar
      printf '%s\\n' "${COMPREPLY[@]}"
      """;
  private static final String FISH = "source $argv[1]; complete -C \"$argv[2]\"";

  @TempDir Path directory;
  private Path belljar;

  @BeforeEach
  void makeStandIn() throws IOException {
    belljar =
        Files.writeString(
            directory.resolve("belljar"),
            """
            #!/bin/sh
            [ "$*" = 'ps -a --format {{.Names}}' ] && printf 'web\\nworker\\n'
            """);
    Files.setPosixFilePermissions(belljar, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.createFile(directory.resolve("alpine.tar"));
  }

  private List<String> bash(String... words) {
    List<String> all =
        Command.words(
            List.of(
                "bash",
                "--norc",
                "-c",
                BASH,
                "bash",
                Share.path("bash-completion/completions/belljar").toString()),
            words);
    return Command.of(all).in(directory).run().succeeds().lines();
  }

  private List<String> fish(String line) {
    Machine.requireProgram("fish", "fish");
    return Command.of(
            "fish",
            "--no-config",
            "--command",
            FISH,
            Share.path("fish/vendor_completions.d/belljar.fish").toString(),
            line)
        .env("HOME", directory.toString())
        .in(directory)
        .run()
        .succeeds()
        .lines()
        .stream()
        .map(candidate -> candidate.split("\t")[0])
        .toList();
  }

  private List<String> zsh(String line) {
    Machine.requireProgram("zsh", "zsh");
    return Command.of(
            "zsh",
            "-f",
            Path.of("src/test/resources/zsh-completions").toAbsolutePath().toString(),
            Share.path("zsh/site-functions").toString(),
            line)
        .env("PATH", directory + ":/usr/bin:/bin")
        .in(directory)
        .run()
        .succeeds()
        .lines();
  }

  @Test
  void commandsAreCompleted() {
    assertThat(bash("belljar", "ru")).containsExactly("run");
    assertThat(bash("belljar", "r")).contains("run", "rename").doesNotContain("help");
    assertThat(fish("belljar r")).contains("run", "rename").doesNotContain("help");
    assertThat(zsh("belljar r")).contains("run", "rename").doesNotContain("help");
  }

  @Test
  void optionsAreCompleted() {
    assertThat(bash("belljar", "run", "--mem")).containsExactly("--memory", "--memory-swap");
    assertThat(fish("belljar run --mem")).contains("--memory", "--memory-swap");
    assertThat(zsh("belljar run --read")).contains("--read-only");
  }

  @Test
  void valuesThatAreWordsAreCompleted() {
    assertThat(bash("belljar", "run", "--network", ""))
        .containsExactly("none", "host", "container:");
    assertThat(bash("belljar", "run", "--network", "=", "h")).containsExactly("host");
    assertThat(fish("belljar run --network ")).contains("none", "host");
    assertThat(zsh("belljar run --network ")).contains("none", "host");
  }

  @Test
  void filesAreCompletedWhereAnOptionTakesThem() {
    assertThat(bash("belljar", "run", "--rootfs", "al")).containsExactly("alpine.tar");
    assertThat(bash("belljar", "run", "--memory", "al")).containsExactly("");
    assertThat(fish("belljar run --rootfs al")).contains("alpine.tar");
    assertThat(fish("belljar run --memory al")).doesNotContain("alpine.tar");
    assertThat(zsh("belljar run --rootfs al")).contains("alpine.tar");
  }

  @Test
  void namesOfContainersAreCompleted() {
    assertThat(bash(belljar.toString(), "rename", "w")).containsExactly("web", "worker");
    assertThat(bash("$PWD/belljar", "rename", "w")).containsExactly("web", "worker");
    assertThat(fish(belljar + " rename w")).contains("web", "worker");
    assertThat(zsh("belljar rename w")).contains("web", "worker");
  }

  @Test
  void topicsAreCompleted() {
    assertThat(bash("belljar", "help", "na")).containsExactly("namespaces");
    assertThat(fish("belljar help na")).containsExactly("namespaces");
    assertThat(zsh("belljar help na")).contains("namespaces");
  }

  @Test
  void programsAreCompletedAfterTheOptionsOfRun() {
    assertThat(bash("belljar", "run", "--rm", "-m", "64m", "unsh")).contains("unshare");
    assertThat(fish("belljar run --rm -m 64m unsh")).contains("unshare");
    assertThat(zsh("belljar run --rm -m 64m ls --almost")).contains("--almost-all");
  }
}
