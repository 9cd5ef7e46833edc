package io.belljar.cli.template;

import io.belljar.spec.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a list is written, by Docker's {@code --format}: {@code table}, {@code json}, {@code table
 * TEMPLATE} or {@code TEMPLATE}.
 *
 * @param template a row
 * @param table whether it has headings and aligned columns
 */
public record OutputFormat(Template template, boolean table) {
  private static final String TABLE = "table";
  private static final int LEAST_WIDTH = 10;

  /**
   * An entry of the list.
   *
   * @param fields by name
   * @param keyed fields that take a key
   */
  public record Row(JsonObject fields, Map<String, Map<String, String>> keyed) {}

  /**
   * Reads the option.
   *
   * @param option absent or empty for the usual table
   * @param usual the template of the usual table
   * @throws TemplateException when the template is not well formed
   */
  public static OutputFormat of(Optional<String> option, String usual) {
    String text = option.map(String::strip).filter(given -> !given.isEmpty()).orElse(TABLE);
    if (text.equals("json")) {
      return new OutputFormat(Template.of("{{json .}}"), false);
    }
    boolean table = text.equals(TABLE) || text.startsWith(TABLE + " ");
    String template = table ? text.substring(TABLE.length()).strip() : text;
    return new OutputFormat(
        Template.of(
            (template.isEmpty() ? usual : template).replace("\\t", "\t").replace("\\n", "\n")),
        table);
  }

  /**
   * The list as text, each line ended.
   *
   * @param headings of the fields
   */
  public String text(List<Row> rows, JsonObject headings) {
    List<String> lines = new ArrayList<>();
    if (table) {
      lines.add(template.heading(headings));
    }
    rows.forEach(row -> lines.add(template.render(row.fields(), row.keyed())));
    return table
        ? Columns.align(lines, LEAST_WIDTH)
        : String.join("", lines.stream().map(l -> l + "\n").toList());
  }
}
