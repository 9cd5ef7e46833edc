package io.belljar.cli.template;

import static org.assertj.core.api.Assertions.assertThat;

import io.belljar.spec.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OutputFormatTest {
  private static final JsonObject HEADINGS =
      JsonObject.builder().put("ID", "CONTAINER ID").put("Names", "NAMES").build();

  private static OutputFormat.Row row(String id, String name) {
    return new OutputFormat.Row(
        JsonObject.builder().put("ID", id).put("Names", name).build(),
        Map.of("Label", Map.of("tier", "x")));
  }

  private static String text(String format) {
    return OutputFormat.of(Optional.of(format), "{{.ID}}\t{{.Names}}")
        .text(List.of(row("4711", "web"), row("a-very-long-id-of-somebody", "ü")), HEADINGS);
  }

  @Test
  void alignsColumnsAsDockerDoes() {
    String table =
        """
        CONTAINER ID                 NAMES
        4711                         web
        a-very-long-id-of-somebody   ü
        """;
    assertThat(text("")).isEqualTo(table);
    assertThat(text("table")).isEqualTo(table);
    assertThat(text("table {{.Names}}\\t{{.ID}}\\t{{.Label \"tier\"}}"))
        .isEqualTo(
            """
            NAMES     CONTAINER ID                 tier
            web       4711                         x
            ü         a-very-long-id-of-somebody   x
            """);
  }

  @Test
  void headsColumnsOfFunctionsByTheirArguments() {
    assertThat(text("table {{upper .Names}}").lines()).first().isEqualTo("NAMES");
    assertThat(text("table {{json .}}").lines()).hasSize(3);
  }

  @Test
  void writesTemplatesWithoutHeadings() {
    assertThat(text("{{.Names}}\\t{{.ID}}"))
        .isEqualTo("web\t4711\nü\ta-very-long-id-of-somebody\n");
    assertThat(text("json"))
        .isEqualTo(
            """
            {"ID":"4711","Names":"web"}
            {"ID":"a-very-long-id-of-somebody","Names":"ü"}
            """);
  }

  @Test
  void aNameCannotAddColumnsOrRows() {
    assertThat(
            OutputFormat.of(Optional.empty(), "{{.ID}}\t{{.Names}}")
                .text(List.of(row("1\t2\n3", "web")), HEADINGS))
        .isEqualTo("CONTAINER ID   NAMES\n1\\x092\\x0a3    web\n");
  }
}
