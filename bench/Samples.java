import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What one row has measured: the text files that bench/run leaves in the row's directory. */
record Samples(
    String row,
    Map<String, String> about,
    List<Subject> subjects,
    Map<Samples.Key, List<Sample>> series) {

  /** Whose samples, of what, in which view of the machine's cgroups. */
  record Key(String view, String metric, String subject) {}

  /** A subject in a view: what it is called, and the command that is measured. */
  record Subject(String view, String name, String title, String command) {}

  /**
   * A value.
   *
   * @param x its round, or with series how long after the beginning, or after how many containers
   */
  record Sample(double x, double value, String unit) {}

  static Samples read(Path directory) {
    Map<String, String> about = new LinkedHashMap<>();
    lines(directory.resolve("about.tsv")).forEach(words -> about.put(words[0], words[1]));
    List<Subject> subjects = new ArrayList<>();
    for (String[] words : lines(directory.resolve("subjects.tsv"))) {
      subjects.add(new Subject(words[0], words[1], words[2], words[3]));
    }
    Map<Key, List<Sample>> series = new LinkedHashMap<>();
    for (String[] words : lines(directory.resolve("samples.tsv"))) {
      series
          .computeIfAbsent(new Key(words[0], words[2], words[1]), _ -> new ArrayList<>())
          .add(new Sample(Double.parseDouble(words[4]), Double.parseDouble(words[5]), words[3]));
    }
    return new Samples(directory.getFileName().toString(), about, subjects, series);
  }

  static List<String[]> lines(Path file) {
    try {
      return Files.exists(file)
          ? Files.readAllLines(file).stream().map(line -> line.split("\t", -1)).toList()
          : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Set<String> views() {
    Set<String> views = new LinkedHashSet<>();
    subjects.forEach(subject -> views.add(subject.view()));
    return views;
  }

  Set<String> metrics() {
    Set<String> metrics = new LinkedHashSet<>();
    series.keySet().forEach(key -> metrics.add(key.metric()));
    return metrics;
  }

  /**
   * The subjects of a view, in the order in which they are described; one may have many commands.
   */
  List<Subject> subjects(String view) {
    Map<String, Subject> byName = new LinkedHashMap<>();
    commands(view).forEach(subject -> byName.putIfAbsent(subject.name(), subject));
    return List.copyOf(byName.values());
  }

  /** The same, once for each command. */
  List<Subject> commands(String view) {
    return subjects.stream().filter(subject -> subject.view().equals(view)).toList();
  }

  /** Empty where there are none. */
  List<Sample> of(String view, String metric, String subject) {
    return series.getOrDefault(new Key(view, metric, subject), List.of());
  }

  /** As people call it. */
  static String title(String view) {
    return view.equals("v2")
        ? "cgroup2 on /sys/fs/cgroup"
        : "this machine's cgroups (v1 or hybrid)";
  }
}
