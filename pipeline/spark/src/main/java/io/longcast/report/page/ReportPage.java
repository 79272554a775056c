package io.longcast.report.page;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The HTML of a report. Scripts and styles are inlined, and a Content-Security-Policy allows these
 * by their hashes and nothing else: no network, no other script, no form. The data stand as JSON in
 * an element that no browser executes.
 */
public final class ReportPage {
  private static final String UPLOT = "/META-INF/resources/webjars/uplot/1.6.30/dist/";
  private static final List<String> STYLES = List.of(UPLOT + "uPlot.min.css", "report.css");
  private static final List<String> SCRIPTS =
      List.of(
          UPLOT + "uPlot.iife.min.js",
          "elements.js",
          "charts.js",
          "series.js",
          "sections.js",
          "report.js");

  private ReportPage() {}

  /**
   * The page.
   *
   * @param title of the page
   * @param sections records, maps, lists, texts and numbers by name; NaN and infinities are not
   *     allowed
   */
  public static String html(String title, Map<String, Object> sections) {
    List<String> styles = STYLES.stream().map(ReportPage::resource).toList();
    List<String> scripts = SCRIPTS.stream().map(ReportPage::resource).toList();
    String policy =
        "default-src 'none'; script-src %s; style-src %s; img-src data:; base-uri 'none'; form-action 'none'"
            .formatted(hashes(scripts), hashes(styles));
    return fill(
        resource("report.html"),
        List.of(
            escaped(policy),
            escaped(title),
            inlined("style", styles),
            json(sections),
            inlined("script", scripts)));
  }

  /** Puts each value in place of the next marker, so that no value is searched for markers. */
  private static String fill(String template, List<String> values) {
    String[] parts = template.split("\\{\\{[a-z]+}}", -1);
    if (parts.length != values.size() + 1) {
      throw new IllegalStateException("report.html must have " + values.size() + " markers");
    }
    StringBuilder page = new StringBuilder(parts[0]);
    for (int i = 0; i < values.size(); i++) {
      page.append(values.get(i)).append(parts[i + 1]);
    }
    return page.toString();
  }

  /** Within JSON, {@code <} occurs in texts alone, where its escape stands for it. */
  private static String json(Map<String, Object> sections) {
    try {
      return new JsonMapper().writeValueAsString(sections).replace("<", "\\u003c");
    } catch (JsonProcessingException broken) {
      throw new IllegalStateException("the report cannot be written as JSON", broken);
    }
  }

  private static String inlined(String tag, List<String> texts) {
    return texts.stream()
        .map(text -> "<" + tag + ">" + text + "</" + tag + ">")
        .collect(Collectors.joining("\n"));
  }

  private static String hashes(List<String> texts) {
    return texts.stream()
        .map(text -> "'sha256-" + sha256(text) + "'")
        .collect(Collectors.joining(" "));
  }

  private static String sha256(String text) {
    try {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      return Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
  }

  /** A text of the class path, with the line ends that a browser makes of it. */
  private static String resource(String name) {
    try (InputStream in = ReportPage.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(
            "the report's resource " + name + " is not on the class path");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the report's resource " + name, e);
    }
  }
}
