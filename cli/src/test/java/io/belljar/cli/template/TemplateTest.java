package io.belljar.cli.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.belljar.spec.json.JsonArray;
import io.belljar.spec.json.JsonNull;
import io.belljar.spec.json.JsonObject;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TemplateTest {
  private static final JsonObject DATA =
      JsonObject.builder()
          .put("ID", "4711")
          .put("Name", "/Web")
          .put("Nothing", JsonNull.NULL)
          .put("State", JsonObject.builder().put("Pid", 7).put("Running", true).build())
          .put("Args", JsonArray.ofStrings(List.of("a", "b c")))
          .put("None", JsonArray.ofStrings(List.of()))
          .put("Labels", JsonObject.ofStrings(Map.of("tier", "x")))
          .put("Evil", "a\u001b[2J\u009bz\nb")
          .build();

  private static String render(String template) {
    return Template.of(template).render(DATA, Map.of("Label", Map.of("tier", "x")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '%',
      value = {
        "{{.ID}}: {{.Name}}~4711: /Web",
        "{{.State.Pid}} {{.State.Running}}~7 true",
        "{{json .State}}~{\"Pid\":7,\"Running\":true}",
        "{{upper .Name}} {{lower .Name}} {{title .ID}}~/WEB /web 4711",
        "{{join .Args \", \"}}~a, b c",
        "{{.Args}} {{.State}}~[a b c] map[Pid:7 Running:true]",
        "{{.Nothing}}~<no value>",
        "{{range .Args}}<{{.}}>{{end}}~<a><b c>",
        "{{range .None}}x{{else}}empty{{end}}~empty",
        "{{range $i, $a := .Args}}{{$i}}={{$a}} {{$.ID}};{{end}}~0=a 4711;1=b c 4711;",
        "{{range $k, $v := .Labels}}{{$k}}={{$v}}{{end}}~tier=x",
        "{{if .State.Running}}up{{else}}down{{end}}~up",
        "{{if .None}}a{{else if eq .ID \"4711\"}}b{{else}}c{{end}}~b",
        "{{if and .ID (not .None)}}both{{end}}~both",
        "{{if gt .State.Pid 6}}more{{end}}~more",
        "{{len .Args}} {{index .Args 1}} {{index .Labels \"tier\"}}{{index .Labels \"none\"}}~2 b c"
            + " x",
        "{{printf \"%s-%3d %q\" .ID .State.Pid .Name}}~4711-  7 \"/Web\"",
        "{{.Label \"tier\"}}{{.Label \"none\"}}~x",
        "{{index (split .Name \"/\") 1}}~Web",
        "a {{- /* nothing */ -}} b~ab",
        "{{.ID | printf \"%s%s\" \"n\"}}~n4711",
        "{{\"}}\"}}~}}",
      })
  void fillsInAsGoDoes(String template, String expected) {
    assertThat(render(template)).isEqualTo(expected);
  }

  @Test
  void endsLinesWhereTheTemplateSaysSo() {
    assertThat(render("{{range .Args}}{{println . }}{{end}}")).isEqualTo("a\nb c\n");
    assertThat(render("{{printf \"%-5s|\\n\" .ID}}")).isEqualTo("4711 |\n");
  }

  @Test
  void leavesNoControlCharacterOfAValue() {
    assertThat(render("{{.Evil}}")).isEqualTo("a\\x1b[2J\\xc2\\x9bz\\x0ab");
    assertThat(render("{{println .Evil}}")).isEqualTo("a\\x1b[2J\\xc2\\x9bz\\x0ab\n");
    assertThat(render("{{json .Evil}}")).isEqualTo("\"a\\u001b[2J\\u009bz\\nb\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '%',
      value = {
        "{{.Foo}}~. has no field \"Foo\"; it has ID, Name, Nothing, State, Args, None, Labels,"
            + " Evil",
        "{{.State.Foo}}~.State has no field \"Foo\"; it has Pid, Running",
        "{{.ID.Foo}}~.ID has no fields, so no .Foo",
        "{{foo .ID}}~there is no function \"foo\"; there are json, join, split, upper, lower,"
            + " title, print, println, printf, len, index, eq, ne, lt, gt, and, or, not",
        "{{.ID~\"{{\" without \"}}\" in \"{{.ID\"",
        "{{if .ID}}x~{{if}} without {{end}}",
        "{{end}}~{{end}} ends nothing",
        "{{}}~there is a command missing, as in {{}} or {{.ID |}}",
        "{{with .ID}}{{end}}~{{with}} is not supported; if and range are",
        "{{.ID \"x\"}}~.ID takes no arguments",
        "{{$x}}~there is no variable $x",
        "{{range .ID}}{{end}}~range takes a list or an object, not 4711",
        "{{index .Args 2}}~index: there is no element 2 of 2",
        "{{printf \"%05d\" 1}}~printf: %05 is not supported",
        "{{.Name (}}~\"(\" without \")\"",
      })
  void saysWhatIsWrong(String template, String message) {
    assertThatThrownBy(() -> render(template))
        .isInstanceOf(TemplateException.class)
        .hasMessage("--format: " + message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{{\"}}", "{{.a.}}", "{{..}}", "{{:}}", "{{.ID}", "{{`}}"})
  void refusesWhatIsNotWellFormed(String template) {
    assertThatThrownBy(() -> render(template)).isInstanceOf(TemplateException.class);
  }

  @Test
  void refusesNestingWithoutEnd() {
    assertThatThrownBy(() -> render("{{if .ID}}".repeat(2000)))
        .hasMessage("--format: nested too deeply");
    assertThatThrownBy(() -> render("{{" + "(".repeat(2000) + ")".repeat(2000) + "}}"))
        .hasMessage("--format: nested too deeply");
  }

  @Test
  void limitsHowOftenLoopsGoRound() {
    JsonObject data =
        JsonObject.builder().put("L", JsonArray.ofStrings(Collections.nCopies(2000, "a"))).build();
    Template loops = Template.of("{{range .L}}{{range $.L}}{{end}}{{end}}");
    assertThatThrownBy(() -> loops.render(data))
        .isInstanceOf(TemplateException.class)
        .hasMessage("--format: more than 1000000 rounds of loops and calls");
  }

  @Test
  void limitsValuesOnTheWayToTheResult() {
    JsonObject data = JsonObject.builder().put("S", "a".repeat(1 << 20)).build();
    String doubled = ".S";
    for (int i = 0; i < 10; i++) {
      doubled = "(print " + doubled + " " + doubled + ")";
    }
    Template print = Template.of("{{len " + doubled + "}}");
    assertThatThrownBy(() -> print.render(data)).hasMessage("--format: the result is too long");
    Template printf =
        Template.of("{{len (printf \"" + "%s".repeat(40) + "\"" + " .S".repeat(40) + ")}}");
    assertThatThrownBy(() -> printf.render(data)).hasMessage("--format: the result is too long");
    assertThatThrownBy(() -> Template.of("{{split .S \"\"}}").render(data))
        .hasMessage("--format: split: more than 65536 parts");
  }
}
