package io.longcast.jobs;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * Reads the reports of a build and says how many tests ran, which were skipped and why, how many
 * hostile inputs and faults they met, and which are left to the long profile. Runs at the end of
 * {@code mvn verify}; alone: {@code java TestSummary.java FOLDER}.
 */
public final class TestSummary {
  /** Reports of the tests that run a second time. */
  private static final String AGAIN = "-without-vector/";

  private static final String HOSTILE = "hostile inputs to parsers: %,d";
  private static final String INJECTED = "faults injected: %,d";
  private static final Pattern COUNTED = Pattern.compile("^(FUZZ|FAULTS) [^:]*: ([\\d,]+) ");

  private int run;
  private int again;
  private int failed;
  private final List<String> skipped = new ArrayList<>();
  private final Map<String, Long> counts = new TreeMap<>();

  private TestSummary() {}

  /**
   * Prints the summary of the build in the folder given; the second word is the group left out, the
   * third the folder of a module that has the results.
   */
  public static void main(String[] args) throws Exception {
    Path root = Path.of(args[0]);
    TestSummary summary = new TestSummary();
    String target = args.length > 2 ? args[2] : "target";
    for (Path report : files(root, ".*/" + target + "/[^/]*-reports[^/]*/TEST-.*\\.xml")) {
      summary.add(report);
    }
    System.out.println(
        "tests: %d run, %d of them once more without the vector module, %d failed, %d skipped"
            .formatted(summary.run, summary.again, summary.failed, summary.skipped.size()));
    summary.skipped.forEach(line -> System.out.println("  skipped " + line));
    for (Path output : files(root, ".*/" + target + "/[^/]*-reports/.*-output\\.txt")) {
      summary.count(output);
    }
    summary.counts.forEach((what, count) -> System.out.println("  " + what.formatted(count)));
    if (args.length > 1 && args[1].equals("long")) {
      for (Path test : files(root, ".*/src/test/java/.*\\.java")) {
        if (Files.readString(test).contains("\n@Tag(\"long\")")
            || Files.readString(test).contains("\n  @Tag(\"long\")")) {
          System.out.println("  left to -Plong: " + test.getFileName());
        }
      }
    }
  }

  private static List<Path> files(Path root, String pattern) throws IOException {
    List<Path> found = new ArrayList<>();
    for (String module : List.of("pipeline", "jobs")) {
      try (Stream<Path> tree = Files.walk(root.resolve(module))) {
        tree.filter(file -> file.toString().matches(pattern)).sorted().forEach(found::add);
      }
    }
    return found;
  }

  /** Lines such as {@code FUZZ JSON rows: 1,000 inputs} of suites that count what they tried. */
  private void count(Path output) throws IOException {
    try (Stream<String> lines = Files.lines(output, StandardCharsets.ISO_8859_1)) {
      lines
          .map(COUNTED::matcher)
          .filter(Matcher::find)
          .forEach(
              line ->
                  counts.merge(
                      line.group(1).equals("FUZZ") ? HOSTILE : INJECTED,
                      Long.parseLong(line.group(2).replace(",", "")),
                      Long::sum));
    }
  }

  private void add(Path report) throws Exception {
    Document document =
        DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(report.toFile());
    NodeList cases = document.getElementsByTagName("testcase");
    for (int i = 0; i < cases.getLength(); i++) {
      add((Element) cases.item(i), report.toString().contains(AGAIN));
    }
  }

  private void add(Element test, boolean isAgain) {
    NodeList reasons = test.getElementsByTagName("skipped");
    String name = test.getAttribute("classname").replaceFirst(".*\\.", "");
    if (reasons.getLength() > 0 && isAgain) {
      return;
    }
    if (reasons.getLength() > 0) {
      skipped.add(name + "." + test.getAttribute("name") + ": " + why((Element) reasons.item(0)));
      return;
    }
    run += isAgain ? 0 : 1;
    again += isAgain ? 1 : 0;
    boolean bad =
        test.getElementsByTagName("failure").getLength() > 0
            || test.getElementsByTagName("error").getLength() > 0;
    failed += bad ? 1 : 0;
  }

  private static String why(Element skip) {
    String message = skip.getAttribute("message");
    String text = message.isBlank() ? skip.getTextContent().strip() : message;
    return text.lines()
        .findFirst()
        .orElse("no reason given")
        .replaceFirst("^[\\w.]+Exception: ", "");
  }
}
