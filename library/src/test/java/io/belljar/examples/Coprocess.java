package io.belljar.examples;

import io.belljar.Container;
import io.belljar.Isolation;
import io.belljar.Root;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/**
 * A program that answers questions, a line each, and lives in a container for as long as it is
 * used.
 */
public final class Coprocess implements AutoCloseable {
  private final Container container;
  private final PrintWriter questions;
  private final BufferedReader answers;

  /** Starts it: here a shell that does sums. */
  public Coprocess() {
    container =
        Isolation.of(
                Root.hostPrograms("sh"), "sh", "-c", "while read a b; do echo $((a + b)); done")
            .limits(limits -> limits.memory(32 << 20).processes(4))
            .build()
            .start();
    questions = new PrintWriter(container.input(), true, StandardCharsets.UTF_8);
    answers = new BufferedReader(new InputStreamReader(container.output(), StandardCharsets.UTF_8));
  }

  /** Asks for a sum. */
  public int sum(int a, int b) throws IOException {
    questions.println(a + " " + b);
    return Integer.parseInt(answers.readLine());
  }

  @Override
  public void close() {
    container.close();
  }
}
