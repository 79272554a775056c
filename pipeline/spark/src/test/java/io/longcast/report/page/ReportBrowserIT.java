package io.longcast.report.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The report in a real browser: Debian's {@code chromium}, or Chrome, where one is installed. */
@Tag("long")
class ReportBrowserIT {
  private static final String AXE = "/META-INF/resources/webjars/axe-core/4.6.3/axe.min.js";

  @TempDir static Path folder;
  private static ReportFixture fixture;
  private static Path file;
  private static Chromium browser;

  @BeforeAll
  static void openTheReport() throws IOException {
    Optional<Path> program = Chromium.program();
    if (program.isEmpty()) {
      abort("no browser on the path: apt-get install -y --no-install-recommends chromium");
    }
    fixture = new ReportFixture(12, 400);
    file = folder.resolve("report.html");
    Files.writeString(file, ReportPage.html("fixture", fixture.sections()));
    browser = new Chromium(program.get(), folder.resolve("profile"));
    browser.emulate(1200, 900, false);
    browser.open(file);
  }

  @AfterAll
  static void close() {
    if (browser != null) {
      browser.close();
    }
  }

  @Test
  void opensFromAFileWithoutAnErrorOrARequest() {
    assertThat(texts("[...document.querySelectorAll('nav a')].map(a => a.textContent)"))
        .containsExactly(
            "Overview",
            "Series",
            "Events",
            "Accuracy",
            "Alarm budget",
            "Training",
            "Data",
            "Model and settings");
    assertThat(browser.value("document.querySelectorAll('canvas').length").asInt())
        .isGreaterThan(10);
    assertThat(browser.problems()).isEmpty();
    assertThat(browser.requests())
        .allMatch(url -> url.startsWith("file:") || url.startsWith("data:"));
  }

  @Test
  void opensASeriesFromItsLane() {
    for (String id : List.of(ReportFixture.HOSTILE.get(3), "machine-00008")) {
      assertThat(
              browser
                  .value(
                      "(() => { const lane = [...document.querySelectorAll('.lane button')].find(b =>"
                          + " b.textContent === %s); lane.click(); return".formatted(quoted(id))
                          + " document.getElementById('series-select').value; })()")
                  .asText())
          .isEqualTo(id);
      assertThat(
              texts(
                  "[...document.querySelectorAll('#series-charts figcaption')].map(f => f.textContent)"))
          .contains("heat", "load <i>", "Share of each channel in the score");
    }
  }

  @Test
  void zoomsAllChartsOfASeriesTogether() {
    browser.value("document.querySelector('.lane button').click()");
    String ranges =
        "[...drawn].filter(c => c.figure.closest('#series-charts')).map(c => c.plot.scales.x.max - c.plot.scales.x.min)";
    JsonNode before = browser.value(ranges);
    JsonNode box =
        browser.value(
            "(() => { const over = document.querySelector('#series-charts .u-over'); over.scrollIntoView({block: 'center', behavior: 'instant'}); const b = over.getBoundingClientRect(); return {x: b.x, y: b.y, w: b.width, h: b.height}; })()");
    double y = box.get("y").asDouble() + box.get("h").asDouble() / 2;
    double x = box.get("x").asDouble();
    double width = box.get("w").asDouble();
    browser.drag(x + width * 0.3, y, x + width * 0.5, y);
    JsonNode after =
        browser.value("new Promise(done => setTimeout(() => done(" + ranges + "), 100))");
    assertThat(after).hasSize(before.size()).hasSizeGreaterThan(2);
    for (int i = 0; i < after.size(); i++) {
      assertThat(after.get(i).asDouble()).isEqualTo(after.get(0).asDouble());
      assertThat(after.get(i).asDouble()).isLessThan(0.3 * before.get(i).asDouble());
    }
    browser.value(
        "[...document.querySelectorAll('#series button')].find(b => b.textContent === 'Whole range').click()");
    assertThat(
            browser
                .value("new Promise(done => setTimeout(() => done(" + ranges + "), 100))")
                .get(0)
                .asDouble())
        .isEqualTo(before.get(0).asDouble());
  }

  @Test
  void saysWhatAForecastIsMadeOf() {
    browser.value(
        "(() => { const s = document.getElementById('series-select'); s.value = %s; s.dispatchEvent(new Event('change')); document.querySelector('#series-parts details').open = true; })()"
            .formatted(quoted(ReportFixture.HOSTILE.get(3))));
    assertThat(
            texts(
                "[...document.querySelectorAll('#series-parts table:not(.u-legend) tbody tr')].map(r => [...r.children].map(c => c.textContent).join(' '))"))
        .as("the level and what each part adds sum to the forecast")
        .containsExactly("1 20 + 1 + 0.5 21.5", "2 20 + 2 + -0.5 21.5", "3 20 + 3 + 0.25 23.25");
    assertThat(browser.value("document.getElementById('data-health').textContent").asText())
        .contains("1 value beyond the limit.", "load <i>");
  }

  /**
   * All series are in the page, and it is drawn within ten seconds of being opened. With {@code
   * -Dlongcast.report=FILE} the report of a run takes the place of the fixture.
   */
  @Test
  void opensTenThousandSeries() throws IOException {
    Path many = reportOfTenThousand();
    try (Chromium other =
        new Chromium(Chromium.program().orElseThrow(), folder.resolve("other-profile"))) {
      other.open(many);
      double seconds =
          other
              .value(
                  "new Promise(done => requestAnimationFrame(() => setTimeout(() => done(performance.now() / 1000), 0)))")
              .asDouble();
      System.out.printf(
          "report of 10,000 series, %s: %.2f MB, drawn after %.1f s%n",
          many.getFileName(), Files.size(many) / 1e6, seconds);
      assertThat(Files.size(many)).isLessThan(6_000_000);
      assertThat(other.value("document.querySelectorAll('.lane').length").asInt())
          .isGreaterThanOrEqualTo(40);
      assertThat(seconds).isLessThan(10);
      assertThat(other.problems()).isEmpty();
    }
  }

  private static Path reportOfTenThousand() throws IOException {
    String given = System.getProperty("longcast.report");
    if (given != null) {
      return Path.of(given);
    }
    Path many = folder.resolve("many.html");
    Files.writeString(many, ReportPage.html("many", new ReportFixture(10_000, 70).sections()));
    return many;
  }

  @Test
  void leavesHostileTextsTexts() {
    assertThat(
            texts(
                "[...document.querySelectorAll('#series-select option')].map(o => o.textContent)"))
        .containsAll(ReportFixture.HOSTILE);
    assertThat(browser.value("typeof window.hacked").asText()).isEqualTo("undefined");
    assertThat(
            browser
                .value("document.querySelectorAll('main img, main b, main u, main script').length")
                .asInt())
        .isZero();
  }

  @Test
  void followsTheSliderOfTheAlarmBudget() {
    String move =
        "(() => { const s = document.getElementById('threshold'); s.value = %d; s.dispatchEvent(new Event('input')); return document.querySelector('output').textContent; })()";
    assertThat(browser.value(move.formatted(20)).asText()).startsWith("Threshold 1 in 100:");
    assertThat(browser.value(move.formatted(40)).asText()).contains(" 4 in all on 12 series");
  }

  @Test
  void hasNoSeriousViolationOfAccessibility() throws IOException {
    try (InputStream in = getClass().getResourceAsStream(AXE)) {
      browser.value(new String(in.readAllBytes(), StandardCharsets.UTF_8) + "; 0");
    }
    for (boolean dark : new boolean[] {false, true}) {
      browser.emulate(1200, 900, dark);
      JsonNode found =
          browser.value(
              "axe.run().then(r => r.violations.filter(v => ['serious', 'critical'].includes(v.impact)).map(v => v.id + ': ' + v.nodes.slice(0, 3).map(n => n.html + ' ' + n.failureSummary).join(' | ')))");
      assertThat(found).as("dark: " + dark).isEmpty();
    }
    browser.emulate(1200, 900, false);
  }

  private static String quoted(String text) {
    return new TextNode(text).toString();
  }

  private static List<String> texts(String expression) {
    List<String> texts = new ArrayList<>();
    browser.value(expression).forEach(text -> texts.add(text.asText()));
    return texts;
  }
}
