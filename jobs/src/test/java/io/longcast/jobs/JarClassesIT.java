package io.longcast.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Which classes the classes of the jar name, as far as the supply chain is concerned. */
class JarClassesIT {
  /** Libraries of which only a part is in the jar. */
  private static final Pattern REDUCED =
      Pattern.compile("it/unimi/dsi/fastutil/[\\w/$]+|org/nd4j/shade/(?:wstx|codehaus)/[\\w/$]+");

  private static final List<String> PLACES =
      List.of("it/unimi/", "org/nd4j/shade/wstx/", "org/nd4j/shade/codehaus/");

  private static final Map<String, String> CLASSES = new HashMap<>();

  @BeforeAll
  static void read() throws IOException {
    try (ZipFile jar = new ZipFile(SparkHome.JAR.toFile())) {
      for (ZipEntry entry : jar.stream().map(ZipEntry.class::cast).toList()) {
        String name = entry.getName();
        if (name.endsWith(".class") && entry.getSize() < 1_000_000) {
          byte[] bytes = jar.getInputStream(entry).readAllBytes();
          CLASSES.put(
              name.substring(0, name.length() - ".class".length()),
              new String(bytes, StandardCharsets.ISO_8859_1));
        }
      }
    }
  }

  /** What a class of a reduced library needs counts only where something reaches that class. */
  @Test
  void holdsEveryClassOfItsReducedLibrariesThatAnotherReaches() {
    Deque<String> next = new ArrayDeque<>();
    CLASSES.keySet().stream().filter(name -> !REDUCED.matcher(name).matches()).forEach(next::add);
    Set<String> seen = new HashSet<>(next);
    Set<String> missing = new TreeSet<>();
    while (!next.isEmpty()) {
      String content = CLASSES.get(next.remove());
      if (PLACES.stream().noneMatch(content::contains)) {
        continue;
      }
      REDUCED
          .matcher(content)
          .results()
          .map(result -> result.group())
          .filter(seen::add)
          .forEach(name -> (CLASSES.containsKey(name) ? next : missing).add(name));
    }
    assertThat(missing).isEmpty();
    assertThat(seen).contains("it/unimi/dsi/fastutil/ints/IntArrayList");
  }

  /**
   * Vulnerabilities that cannot be reached are in libraries that ND4J repackages; each statement
   * names what would have to be used. No class outside the packages it gives may name that.
   */
  @Test
  void usesNothingThatItsStatementsOnVulnerabilitiesCallUnused() throws IOException {
    Map<List<String>, Set<String>> unused = new HashMap<>();
    for (JsonNode one : vulnerabilities()) {
      List<String> names = values(one, "longcast:unused");
      if (one.at("/analysis/justification").asText().startsWith("code_not_")) {
        assertThat(names).as(one.get("id").asText()).isNotEmpty();
      }
      unused.computeIfAbsent(values(one, "longcast:within"), key -> new TreeSet<>()).addAll(names);
    }
    Map<String, String> uses = new TreeMap<>();
    unused.forEach(
        (within, names) ->
            CLASSES.forEach(
                (name, content) -> {
                  if (within.stream().noneMatch(name::startsWith)) {
                    names.stream()
                        .filter(content::contains)
                        .filter(
                            word ->
                                Pattern.compile(Pattern.quote(word) + "(?![A-Za-z])")
                                    .matcher(content)
                                    .find())
                        .forEach(found -> uses.put(name, found));
                  }
                }));
    assertThat(uses).isEmpty();
  }

  private static JsonNode vulnerabilities() throws IOException {
    return new ObjectMapper()
        .readTree(SparkHome.ROOT.resolve(".ci/supply/vex.cdx.json").toFile())
        .get("vulnerabilities");
  }

  private static List<String> values(JsonNode vulnerability, String name) {
    List<String> values = new ArrayList<>();
    StreamSupport.stream(vulnerability.path("properties").spliterator(), false)
        .filter(property -> property.get("name").asText().equals(name))
        .forEach(property -> values.add(property.get("value").asText()));
    return values;
  }
}
