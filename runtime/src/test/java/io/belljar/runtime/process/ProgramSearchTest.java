package io.belljar.runtime.process;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class ProgramSearchTest {
  @Test
  void takesAPathAsItIs() {
    assertEquals(List.of("./run"), ProgramSearch.candidates("./run", List.of("PATH=/bin")));
  }

  @Test
  void looksInTheDirectoriesOfPathInOrder() {
    assertEquals(
        List.of("/a/sh", "/b/sh"), ProgramSearch.candidates("sh", List.of("X=1", "PATH=/a:/b/")));
  }

  @Test
  void takesAnEmptyDirectoryAsTheWorkingDirectory() {
    assertEquals(List.of("/a/sh", "./sh"), ProgramSearch.candidates("sh", List.of("PATH=/a:")));
  }

  @Test
  void usesTheLastPathOfTheEnvironment() {
    assertEquals(List.of("/b/sh"), ProgramSearch.candidates("sh", List.of("PATH=/a", "PATH=/b")));
  }

  @Test
  void hasADefaultWithoutPath() {
    assertEquals(List.of("/bin/sh", "/usr/bin/sh"), ProgramSearch.candidates("sh", List.of()));
  }
}
