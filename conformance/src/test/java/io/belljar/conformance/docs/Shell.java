package io.belljar.conformance.docs;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * A shell that commands are typed into, one after the other. After each a line is typed that makes
 * the shell print a mark and the command's status, so that the end of the output is known. A
 * command that starts another shell leaves that one reading, as at a terminal; {@code exit} leads
 * back.
 */
final class Shell implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final Duration PAUSE = Duration.ofMillis(300);
  private static final String MARK = "@@belljar-page@@";
  private static final Pattern ENTERS_OR_LEAVES = Pattern.compile("^exit\\b|\\b(ba)?sh$");
  private static final String END = "@@no more@@";

  private final Process process;
  private final Writer input;
  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
  private int count;

  /** What a command printed, and its status; -1 when it never ended. */
  record Answer(List<String> lines, int status) {}

  /** The shell is {@code process}, whose standard error goes where its output does. */
  Shell(Process process) {
    this.process = process;
    this.input = process.outputWriter(StandardCharsets.UTF_8);
    Thread.ofVirtual().start(this::read);
  }

  private void read() {
    try (var output =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      output.lines().forEach(lines::add);
    } catch (IOException | UncheckedIOException _) {
      // It has ended.
    }
    lines.add(END);
  }

  /** Types a command and waits for its end. */
  Answer type(String command) throws InterruptedException {
    count++;
    String mark = MARK + count + " ";
    String question = "r=$?; page_mark() { echo \"" + mark + "$r\"; return \"$r\"; }; page_mark\n";
    if (ENTERS_OR_LEAVES.matcher(command).find()) {
      // A shell that reads ahead must not read what the next one, or the one around it, is to
      // answer.
      Thread.sleep(PAUSE);
      send(command + "\n");
      Thread.sleep(PAUSE);
      send(question);
    } else {
      send(command + "\n" + question);
    }
    return answer(mark);
  }

  private void send(String text) {
    try {
      input.write(text);
      input.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("the page's shell has ended", e);
    }
  }

  private Answer answer(String mark) throws InterruptedException {
    List<String> answer = new ArrayList<>();
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      String line = lines.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
      if (line == null || line.equals(END)) {
        answer.add(line == null ? "(it does not end)" : "(the shell has ended)");
        return new Answer(answer, -1);
      }
      int at = line.indexOf(mark);
      if (at < 0) {
        answer.add(line);
        continue;
      }
      if (at > 0) {
        answer.add(line.substring(0, at));
      }
      return new Answer(answer, Integer.parseInt(line.substring(at + mark.length())));
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
