package io.belljar.linux;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Asks the C compiler of this machine for the values that its headers give to names. */
final class KernelHeaders {
  private KernelHeaders() {}

  /**
   * The values of those names that the headers have, older headers lack the newest. The test is
   * skipped where there is no compiler or no header.
   *
   * @param macros names that are macros, so that their absence can be told
   * @param enumerators names that every supported version of the headers has
   */
  static Map<String, Long> values(
      Path directory,
      List<String> headers,
      Collection<String> macros,
      Collection<String> enumerators)
      throws IOException, InterruptedException {
    StringBuilder source = new StringBuilder("#define _GNU_SOURCE\n");
    headers.forEach(header -> source.append("#include <").append(header).append(">\n"));
    source.append("#include <stdio.h>\nint main(void) {\n");
    for (String name : macros) {
      source.append("#ifdef ").append(name).append('\n').append(print(name)).append("#endif\n");
    }
    enumerators.forEach(name -> source.append(print(name)));
    Path program = directory.resolve("values");
    Path file = Files.writeString(directory.resolve("values.c"), source.append("}\n"));
    String errors = run("gcc", "-w", "-o", program.toString(), file.toString());
    assumeTrue(errors.isEmpty(), "cannot compile against the headers here: " + errors);
    Map<String, Long> values = new LinkedHashMap<>();
    for (String line : run(program.toString()).split("\n")) {
      String[] fields = line.split(" ");
      values.put(fields[0], Long.parseLong(fields[1]));
    }
    return values;
  }

  private static String print(String name) {
    return "printf(\"" + name + " %lld\\n\", (long long)(" + name + "));\n";
  }

  private static String run(String... command) throws IOException, InterruptedException {
    Process process;
    try {
      process = new ProcessBuilder(command).redirectErrorStream(true).start();
    } catch (IOException e) {
      assumeTrue(false, "no " + command[0] + " here: " + e.getMessage());
      throw e;
    }
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    process.waitFor();
    return output;
  }
}
