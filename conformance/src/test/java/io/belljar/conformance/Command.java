package io.belljar.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A command line to run. Its output goes to files, not to pipes: a detached container may hold them
 * long after the command has ended.
 */
public final class Command {
  /** No command may take longer, even on a busy machine. */
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final List<String> words;
  private final Map<String, String> environment = new LinkedHashMap<>();
  private Optional<Path> directory = Optional.empty();
  private String input = "";
  private Duration patience = PATIENCE;

  private Command(List<String> words) {
    this.words = List.copyOf(words);
  }

  /** A command and its arguments. */
  public static Command of(String... words) {
    return new Command(List.of(words));
  }

  /** A command and its arguments. */
  public static Command of(List<String> words) {
    return new Command(words);
  }

  /** A line for bash. */
  public static Command shell(String script) {
    return of("/bin/bash", "-c", script);
  }

  /** One word after the other. */
  public static List<String> words(List<String> first, String... rest) {
    List<String> all = new ArrayList<>(first);
    all.addAll(List.of(rest));
    return all;
  }

  /** Adds a variable to the environment. */
  public Command env(String name, String value) {
    environment.put(name, value);
    return this;
  }

  /** Adds variables to the environment. */
  public Command env(Map<String, String> variables) {
    environment.putAll(variables);
    return this;
  }

  /** The working directory. */
  public Command in(Path path) {
    directory = Optional.of(path);
    return this;
  }

  /** What it reads. */
  public Command input(String text) {
    input = text;
    return this;
  }

  /** How long it may take. */
  public Command within(Duration time) {
    patience = time;
    return this;
  }

  /** Runs it to its end. */
  public Ran run() {
    try (Running running = start()) {
      return running.await(patience);
    }
  }

  /** Starts it. */
  public Running start() {
    try {
      Path output = Files.createTempFile("conformance-output", "");
      Path error = Files.createTempFile("conformance-error", "");
      ProcessBuilder builder =
          new ProcessBuilder(words).redirectOutput(output.toFile()).redirectError(error.toFile());
      builder.environment().putAll(environment);
      directory.ifPresent(path -> builder.directory(path.toFile()));
      if (input.isEmpty()) {
        builder.redirectInput(Redirect.from(Path.of("/dev/null").toFile()));
      }
      Process process = builder.start();
      if (!input.isEmpty()) {
        try (var stream = process.getOutputStream()) {
          stream.write(input.getBytes(StandardCharsets.UTF_8));
        } catch (IOException _) {
          // It ended without reading.
        }
      }
      return new Running(words, process, output, error);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A command under way; closing it kills it. */
  public record Running(List<String> words, Process process, Path output, Path error)
      implements AutoCloseable {
    /** Waits for its end. */
    public Ran await(Duration time) {
      try {
        if (!process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS)) {
          throw new AssertionError("takes longer than " + time.toSeconds() + " s: " + snapshot(-1));
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
      return snapshot(process.exitValue());
    }

    /** Waits for its end, as long as any command may take. */
    public Ran await() {
      return await(PATIENCE);
    }

    /** What it has written so far. */
    public String outputSoFar() {
      return read(output);
    }

    /** What it has complained of so far. */
    public String errorSoFar() {
      return read(error);
    }

    private Ran snapshot(int code) {
      return new Ran(words, code, read(output), read(error));
    }

    private static String read(Path file) {
      try {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void close() {
      process.destroyForcibly();
      try {
        process.waitFor();
        Files.deleteIfExists(output);
        Files.deleteIfExists(error);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
