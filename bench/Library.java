import io.belljar.Container;
import io.belljar.ExitStatus;
import io.belljar.Isolation;
import io.belljar.Root;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;

/**
 * Starts containers of /bin/true in this JVM, and records how long each took from {@code start} to
 * the end of {@code waitFor}. Run as {@code java Library.java ROOT VIEW}, with the library on the
 * class path; a line {@code COUNT X FILE} on standard input asks for so many, and is answered with
 * {@code done} when their samples are in the file.
 *
 * <p>The container has what the library gives it by default, which is more than the floor: a system
 * call filter.
 */
void main(String[] arguments) throws IOException, InterruptedException {
  Isolation isolation =
      Isolation.of(Root.directory(Path.of(arguments[0])), "/bin/true")
          .readOnlyRoot()
          .inheritStreams()
          .build();
  BufferedReader questions = new BufferedReader(new InputStreamReader(System.in));
  for (String line = questions.readLine(); line != null; line = questions.readLine()) {
    String[] words = line.split(" ", 3);
    StringBuilder samples = new StringBuilder();
    for (int i = 0; i < Integer.parseInt(words[0]); i++) {
      samples.append(
          String.format(
              Locale.ROOT,
              "%s\tlibrary\ttime\tms\t%s\t%.3f%n",
              arguments[1],
              words[1],
              milliseconds(isolation)));
    }
    Files.writeString(
        Path.of(words[2]), samples, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    IO.println("done");
  }
}

double milliseconds(Isolation isolation) throws InterruptedException {
  long began = System.nanoTime();
  try (Container container = isolation.start()) {
    ExitStatus status = container.waitFor();
    if (!status.succeeded()) {
      throw new IllegalStateException("/bin/true ended with " + status);
    }
    return (System.nanoTime() - began) / 1e6;
  }
}
