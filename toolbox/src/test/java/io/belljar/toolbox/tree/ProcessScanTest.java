package io.belljar.toolbox.tree;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.belljar.linux.proc.ProcFs;
import io.belljar.toolbox.user.UserNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessScanTest {
  private static final int PROCESSES = 600;

  @TempDir Path proc;

  @Test
  void keepsNoMoreOfAllCommandLinesThanFitsIntoMemory() throws IOException {
    for (int pid = 1; pid <= PROCESSES; pid++) {
      Path directory = Files.createDirectory(proc.resolve(Integer.toString(pid)));
      Files.writeString(directory.resolve("stat"), pid + " (hostile) S 1" + " 0".repeat(50) + "\n");
      Files.writeString(
          directory.resolve("status"),
          "Name:\thostile\nUid:\t0\t0\t0\t0\nGid:\t0\t0\t0\t0\nGroups:\t\nNSpid:\t" + pid + "\n");
      Files.writeString(directory.resolve("cmdline"), "x".repeat(64 << 10));
    }
    List<ProcessFacts> read = new ProcessScan(new ProcFs(proc), UserNames.ofHost()).all();
    assertEquals(PROCESSES, read.size());
    long kept = read.stream().mapToLong(facts -> facts.command().getFirst().length()).sum();
    assertTrue(kept > 3 << 20 && kept <= 4 << 20, kept + " bytes are kept");
  }
}
