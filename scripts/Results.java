import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;

/**
 * Prints one line for each test in the reports that Maven left: {@code
 * STATUS<TAB>LAYER<TAB>TEST<TAB>REASON}, where STATUS is passed, failed or skipped. Run as {@code
 * java Results.java LAYER DIRECTORY...}.
 */
void main(String[] arguments) throws Exception {
  var layer = arguments[0];
  for (var directory : List.of(arguments).subList(1, arguments.length)) {
    for (var report : reports(Path.of(directory))) {
      var cases =
          DocumentBuilderFactory.newInstance()
              .newDocumentBuilder()
              .parse(report.toFile())
              .getElementsByTagName("testcase");
      for (int i = 0; i < cases.getLength(); i++) {
        IO.println(line(layer, (Element) cases.item(i)));
      }
    }
  }
}

List<Path> reports(Path directory) throws IOException {
  try (Stream<Path> files = Files.list(directory)) {
    return files
        .filter(file -> file.getFileName().toString().matches("TEST-.*\\.xml"))
        .sorted()
        .toList();
  }
}

String line(String layer, Element test) {
  var type = test.getAttribute("classname");
  var name = type.substring(type.lastIndexOf('.') + 1) + "." + test.getAttribute("name");
  for (var outcome : List.of("failure", "error", "skipped")) {
    var elements = test.getElementsByTagName(outcome);
    if (elements.getLength() > 0) {
      var status = outcome.equals("skipped") ? "skipped" : "failed";
      return String.join("\t", status, layer, name, reason((Element) elements.item(0)));
    }
  }
  return String.join("\t", "passed", layer, name, "");
}

/** The message, or the first line of the stack trace without the exception's class. */
String reason(Element outcome) {
  var text = outcome.getAttribute("message");
  if (text.isBlank()) {
    text = outcome.getTextContent().strip().lines().findFirst().orElse("");
  }
  return text.replaceFirst("^[\\w.$]+(Exception|Error): ", "")
      .replaceFirst("^Assumption failed: ", "")
      .replaceAll("\\s+", " ")
      .strip();
}
