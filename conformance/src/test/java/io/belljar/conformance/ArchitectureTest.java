package io.belljar.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds ARCHITECTURE.md to the code that it describes. */
class ArchitectureTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  /** A file, relative to the root of the repository. */
  private static final Pattern FILE =
      Pattern.compile("`([\\w.-]+/[\\w./-]+\\.(?:java|c|h|md|txt))`");

  /** A function of the launcher, after the file that it is said to be in. */
  private static final Pattern FUNCTIONS =
      Pattern.compile("`(launcher/src/\\w+\\.c)` \\(([^)]*)\\)");

  private static final Pattern STEP = Pattern.compile("`step_(\\w+)`");
  private static final Pattern NAME = Pattern.compile("`([a-z]+(?:_[a-z]+)+)`");

  /** A row of the table of modules: directory, Java module, what it depends on. */
  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| `(\\w+)` \\|([^|]*)\\|([^|]*)\\|[^|]*\\|$");

  private static final Pattern REQUIRES =
      Pattern.compile("requires (?:transitive )?(io\\.belljar[\\w.]*);");
  private static final Pattern QUOTED = Pattern.compile("`([\\w.]+)`");
  private static final Pattern PACKAGE_ROW =
      Pattern.compile("(?m)^\\| `(io\\.belljar[\\w.]*)` \\|[^|]*\\|$");
  private static final Pattern MODULE = Pattern.compile("<module>(\\w+)</module>");

  private final String page = read(ROOT.resolve("ARCHITECTURE.md"));

  @Test
  void everyFileThatItNamesExists() {
    List<String> files = first(FILE, page);
    assertThat(files).hasSizeGreaterThan(50);
    assertThat(files).allSatisfy(file -> assertThat(ROOT.resolve(file)).isRegularFile());
  }

  @Test
  void everyFunctionOfTheLauncherIsInTheFileThatIsNamed() {
    List<MatchResult> places = FUNCTIONS.matcher(page).results().toList();
    assertThat(places).hasSizeGreaterThan(10);
    for (MatchResult place : places) {
      String code = read(ROOT.resolve(place.group(1)));
      assertThat(first(NAME, place.group(2)))
          .allSatisfy(
              name -> assertThat(isIn(code, name)).as(name + " in " + place.group(1)).isTrue());
    }
  }

  @Test
  void everyStepOfTheLauncherExists() throws IOException {
    String code;
    try (Stream<Path> files = Files.list(ROOT.resolve("launcher/src"))) {
      code = files.map(ArchitectureTest::read).collect(Collectors.joining());
    }
    assertThat(first(STEP, page))
        .isNotEmpty()
        .allSatisfy(name -> assertThat(isIn(code, "step_" + name)).as("step_" + name).isTrue());
  }

  /** Short steps are defined by a macro that adds the first part of their name. */
  private static boolean isIn(String code, String name) {
    return code.contains(" " + name + "(")
        || code.contains("*" + name + "(")
        || (name.startsWith("step_") && code.contains("STEP(" + name.substring(5) + ","));
  }

  @Test
  void itsTableNamesEveryModuleOfTheBuild() {
    List<String> modules = first(MODULE, read(ROOT.resolve("pom.xml")));
    assertThat(modules).isNotEmpty();
    assertThat(rows().keySet()).containsExactlyInAnyOrderElementsOf(modules);
  }

  @Test
  void itsTableNamesEveryPackageInTheOrderOfTheModules() throws IOException {
    List<String> packages = new ArrayList<>();
    for (String module : rows().keySet()) {
      Path sources = ROOT.resolve(module).resolve("src/main/java");
      if (!Files.isDirectory(sources)) {
        continue;
      }
      try (Stream<Path> files = Files.walk(sources)) {
        files
            .filter(file -> file.toString().endsWith(".java"))
            .map(file -> sources.relativize(file.getParent()).toString().replace('/', '.'))
            .filter(name -> !name.isEmpty())
            .distinct()
            .sorted()
            .forEach(packages::add);
      }
    }
    assertThat(first(PACKAGE_ROW, page)).containsExactlyElementsOf(packages);
  }

  @Test
  void everyPackageSaysWhatIsInIt() {
    for (String name : first(PACKAGE_ROW, page)) {
      String file = "src/main/java/" + name.replace('.', '/') + "/package-info.java";
      assertThat(rows().keySet().stream().map(module -> ROOT.resolve(module).resolve(file)))
          .as("package-info.java of %s", name)
          .anyMatch(Files::isRegularFile);
    }
  }

  @Test
  void modulesDependOnEachOtherAsItsTableSays() {
    Map<String, Set<String>> rows = rows();
    Map<String, String> directories = directories();
    Map<String, Set<String>> required = new LinkedHashMap<>();
    for (String directory : rows.keySet()) {
      Set<String> direct = new TreeSet<>();
      moduleInfo(directory)
          .map(info -> first(REQUIRES, info))
          .ifPresent(names -> names.forEach(name -> direct.add(directories.get(name))));
      assertThat(rows.get(directory))
          .as("what %s depends on, beside its module-info", directory)
          .containsAll(direct);
      required.put(directory, direct);
    }
    rows.forEach((directory, declared) ->
        assertThat(reachable(directory, required))
            .as("what %s really depends on, beside the table", directory)
            .containsAll(declared));
  }

  @Test
  void modulesDependOnlyOnThoseAboveThemInItsTable() {
    Set<String> above = new HashSet<>();
    rows()
        .forEach((directory, declared) -> {
          assertThat(above).as("what stands above %s", directory).containsAll(declared);
          above.add(directory);
        });
  }

  private Map<String, Set<String>> rows() {
    Map<String, Set<String>> rows = new LinkedHashMap<>();
    ROW.matcher(page)
        .results()
        .forEach(row -> rows.put(row.group(1), new TreeSet<>(first(QUOTED, row.group(3)))));
    return rows;
  }

  /** Directories by the name of the Java module in them. */
  private Map<String, String> directories() {
    Map<String, String> directories = new LinkedHashMap<>();
    ROW.matcher(page)
        .results()
        .forEach(row ->
            first(QUOTED, row.group(2)).forEach(name -> directories.put(name, row.group(1))));
    return directories;
  }

  private static Set<String> reachable(String directory, Map<String, Set<String>> required) {
    Set<String> found = new TreeSet<>();
    List<String> open = new ArrayList<>(required.get(directory));
    while (!open.isEmpty()) {
      String next = open.removeLast();
      if (found.add(next)) {
        open.addAll(required.get(next));
      }
    }
    return found;
  }

  private static Optional<String> moduleInfo(String directory) {
    return Stream.of("src/main/java", "java")
        .map(place -> ROOT.resolve(directory).resolve(place).resolve("module-info.java"))
        .filter(Files::exists)
        .map(ArchitectureTest::read)
        .findFirst();
  }

  private static List<String> first(Pattern pattern, String text) {
    return pattern.matcher(text).results().map(result -> result.group(1)).distinct().toList();
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new AssertionError(file + " cannot be read", e);
    }
  }
}
