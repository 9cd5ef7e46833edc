package io.belljar.conformance.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.belljar.conformance.Command;
import io.belljar.conformance.Json;
import io.belljar.conformance.Machine;
import io.belljar.conformance.Oci;
import io.belljar.conformance.toolbox.Scene;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** The page of {@code belljar tree --html}, looked at in a browser. */
@Tag("clients")
class TreePageTest {
  /** What is measured in the page: where everything is, and what is where it should not be. */
  private static final String MEASURE =
      """
      (() => {
        const box = e => e.getBoundingClientRect();
        const all = s => [...document.querySelectorAll('svg ' + s)];
        const told = e => e.outerHTML.slice(0, 200);
        const apart = (a, b) => a.right <= b.left + 1 || b.right <= a.left + 1
            || a.bottom <= b.top + 1 || b.bottom <= a.top + 1;
        const page = box(document.querySelector('svg'));
        const rows = all('.hit'), bad = [];
        rows.forEach((a, i) => rows.slice(i + 1).forEach(b => {
          if (!apart(box(a), box(b))) bad.push('rows: ' + told(a.parentNode) + told(b.parentNode));
        }));
        all('g').forEach(g => {
          const texts = [...g.querySelectorAll('text')];
          texts.forEach((a, i) => texts.slice(i + 1).forEach(b => {
            if (!apart(box(a), box(b))) bad.push('texts: ' + told(a) + told(b));
          }));
        });
        all('.o').forEach(o => rows.forEach(r => {
          const a = box(o), b = box(r);
          const inside = b.left > a.left && b.right < a.right && b.top > a.top && b.bottom < a.bottom;
          if (!inside && !apart(a, b)) bad.push('border: ' + told(o) + told(r.parentNode));
        }));
        const parts = all('text, rect');
        return {
          rows: rows.length,
          outlines: all('.o').length,
          invisible: parts.filter(e => !box(e).width || !box(e).height).map(told),
          outside: parts.filter(e => box(e).left < page.left - 1 || box(e).right > page.right + 1
              || box(e).bottom > page.bottom + 1).map(told),
          overlapping: bad,
          elements: [...new Set([...document.querySelectorAll('svg *')].map(e => e.localName))],
          scripts: document.scripts.length,
          details: document.getElementById('details').textContent,
          wide: document.documentElement.scrollWidth > innerWidth,
          colour: getComputedStyle(document.body).backgroundColor
        };
      })()
      """;

  @TempDir(cleanup = CleanupMode.NEVER)
  Path directory;

  private Scene scene;

  @BeforeEach
  void begin() {
    assumeTrue(Oci.isBelljar(), "only Belljar has this command");
    assumeTrue(program() != null, "needs chromium (package chromium)");
    scene = new Scene();
  }

  private static String program() {
    return Machine.program("chromium")
        .or(() -> Machine.program("chromium-browser"))
        .map(Path::toString)
        .orElse(null);
  }

  @AfterEach
  void end() {
    if (scene != null) {
      scene.close();
    }
    Command.of("rm", "-rf", directory.toString()).run();
  }

  @Test
  void aSmallTreeIsLegible() throws IOException {
    Map<String, Object> seen = look("$T --html $D/root/page.html $NESTED", 1100, 700);
    assertThat((long) seen.get("rows")).isEqualTo(3);
    assertThat((long) seen.get("outlines")).isEqualTo(2);
  }

  @Test
  void aLargeTreeIsLegible() throws IOException {
    Map<String, Object> seen =
        look(
            """
            unshare --kill-child -f -p --mount-proc sh -c \\
              'for i in $(seq 70); do sleep infinity & (sleep infinity & unshare --uts -i sleep infinity; :) & done; wait' &
            sleep 4; $T --html $D/root/page.html; kill $!
            """,
            1900,
            1100);
    assertThat((long) seen.get("rows")).isGreaterThan(150);
    assertThat((long) seen.get("outlines")).isGreaterThan(140);
  }

  /** Has the page made, and looks at it. */
  private Map<String, Object> look(String script, int width, int height) throws IOException {
    scene.root(script, Scene.belljar("tree")).succeeds();
    Path page = scene.directory().resolve("root/page.html");
    try (var browser = new Browser(program(), directory.resolve("profile"))) {
      browser.open(page, width, height);
      browser.evaluate(
          "document.querySelector('.r').dispatchEvent(new MouseEvent('mouseover', {bubbles: true}))");
      Map<String, Object> seen = Json.asObject(browser.evaluate(MEASURE));
      for (String problem : List.of("invisible", "outside", "overlapping")) {
        assertThat(Json.asList(seen.get(problem))).as(problem).isEmpty();
      }
      assertThat(Json.asList(seen.get("elements")))
          .as("whatever processes call themselves")
          .isSubsetOf("g", "path", "rect", "text");
      assertThat(seen.get("scripts")).isEqualTo(1L);
      assertThat(seen.get("details").toString()).startsWith("pid ");
      assertThat(seen.get("wide")).isEqualTo(false);
      browser.evaluate("document.querySelector('button').click()");
      assertThat(Json.asObject(browser.evaluate(MEASURE)).get("colour"))
          .as("the other colours")
          .isNotEqualTo(seen.get("colour"));
      assertThat(browser.complaints()).isEmpty();
      assertThat(browser.requests()).containsExactly(page.toUri().toString());
      assertThat(colours(browser.screenshot())).as("colours seen").hasSizeGreaterThan(30);
      return seen;
    }
  }

  private static Set<Integer> colours(byte[] png) throws IOException {
    var image = ImageIO.read(new ByteArrayInputStream(png));
    Set<Integer> colours = new HashSet<>();
    for (int x = 0; x < image.getWidth(); x += 2) {
      for (int y = 0; y < image.getHeight(); y += 2) {
        colours.add(image.getRGB(x, y));
      }
    }
    return colours;
  }
}
