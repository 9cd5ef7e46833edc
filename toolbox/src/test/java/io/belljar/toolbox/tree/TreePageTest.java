package io.belljar.toolbox.tree;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class TreePageTest {
  private static final Map<Integer, ContainerRef> WEB =
      Map.of(300, new ContainerRef("belljar", "<b>\"'&"));

  @Test
  void noTextOfAProcessIsMarkup() {
    String page =
        TreePage.of(
            Processes.scene()
                .add(400, 1, "</text></svg><script>alert(1)</script>\" onload='x' &amp;")
                .tree(WEB),
            "<i>");
    assertEquals(1, page.split("<script", -1).length - 1, "only its own script");
    assertFalse(page.contains("<b>\"'&"), page);
    assertFalse(page.contains("onload='"), page);
    assertTrue(page.contains("&lt;/text&gt;&lt;/svg&gt;&lt;script&gt;alert(1)"), page);
    assertTrue(page.contains("<h1>&lt;i&gt;</h1>"), page);
  }

  @Test
  void nothingIsLoadedAndOnlyWhatIsInThePageRuns() {
    String page = TreePage.of(Processes.scene().tree(), "x");
    assertTrue(
        page.matches(
            "(?s).*content=\"default-src 'none'; style-src 'sha256-[^']{44}';"
                + " script-src 'sha256-[^']{44}'; base-uri 'none'; form-action 'none'\">.*"),
        page);
    assertFalse(page.contains("href="), page);
    assertFalse(page.contains("src="), page);
    assertFalse(page.contains("style=\""), page);
  }

  @Test
  void eachChangedNamespaceHasAnOutlineOfItsKind() {
    String page = TreePage.of(Processes.scene().tree(WEB), "x");
    assertTrue(page.contains("<rect class=\"o mnt\""), page);
    assertTrue(page.contains("<rect class=\"o pid\""), page);
    assertTrue(page.contains("<rect class=\"o pid entered\""), page);
    assertTrue(page.contains("<rect class=\"o user host\""), page);
    assertTrue(
        page.contains("6 processes · 1 container · 3 namespaces besides the host&#39;s"), page);
  }
}
