package io.longcast.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the packaged jar carries, and what it leaves to the cluster. */
class JarIT {
  private static final Path TARGET = SparkHome.TARGET;
  private static final Pattern LIBRARY =
      Pattern.compile("(?:.*/)?([^/]+)/[^/]+\\.(?:so|dll|dylib|jnilib)[.0-9]*");

  /** In the bill of materials as dependencies, in the jar not: Spark has them. */
  private static final Set<String> OF_SPARK = Set.of("org.slf4j", "commons-io");

  /** dl4j-spark keeps one object in Spark's package. */
  private static final String DL4J_IN_SPARK = "org/apache/spark/TaskContextHelper";

  private ZipFile jar;
  private List<String> entries;

  @BeforeEach
  void open() throws IOException {
    jar = new ZipFile(SparkHome.JAR.toFile());
    entries = jar.stream().map(entry -> entry.getName()).toList();
  }

  @AfterEach
  void close() throws IOException {
    jar.close();
  }

  @Test
  void carriesTheLibrariesOfOnePlatform() {
    Set<String> platforms = new TreeSet<>();
    for (String entry : entries) {
      Matcher library = LIBRARY.matcher(entry);
      if (library.matches()) {
        platforms.add(library.group(1).replace('-', '_'));
      }
    }
    assertThat(platforms).containsExactly("linux_x86_64");
    assertThat(entries)
        .anyMatch(entry -> entry.endsWith("libnd4jcpu.so"))
        .anyMatch(entry -> entry.endsWith("libjniopenblas.so"))
        .anyMatch(entry -> entry.endsWith("libjnijavacpp.so"));
  }

  @Test
  void relocatesWhatAClusterMayHaveInAnotherVersion() {
    assertThat(entries)
        .noneMatch(entry -> entry.startsWith("com/typesafe/config/"))
        .noneMatch(entry -> entry.startsWith("picocli/"))
        .contains(
            "io/longcast/shaded/config/Config.class",
            "io/longcast/shaded/picocli/CommandLine.class");
  }

  @Test
  void leavesSparkToTheCluster() {
    for (String theirs :
        List.of("org/apache/spark/", "org/apache/hadoop/", "scala/", "org/slf4j/", "io/delta/")) {
      assertThat(entries)
          .as(theirs)
          .noneMatch(
              entry ->
                  entry.startsWith(theirs)
                      && entry.endsWith(".class")
                      && !entry.startsWith(DL4J_IN_SPARK));
    }
  }

  @Test
  void mergesServicesAndHoldsTheSettings() throws IOException {
    assertThat(text("META-INF/services/org.nd4j.linalg.factory.Nd4jBackend"))
        .contains("org.nd4j.linalg.cpu.nativecpu.CpuBackend");
    assertThat(text("reference.conf")).contains("longcast {");
    assertThat(text("presets.conf")).contains("accurate");
  }

  @Test
  void namesEveryLibraryInItsNotice() throws IOException {
    Set<String> groups = new TreeSet<>();
    for (String line : Files.readAllLines(TARGET.resolve("libraries.txt"))) {
      String[] parts = line.strip().split(":");
      if (parts.length >= 5) {
        groups.add(parts[0]);
      }
    }
    requireNamed(groups);
    assertThat(text("META-INF/LICENSE")).contains("Apache License");
  }

  @Test
  void comesWithABillOfMaterials() throws IOException {
    Path bom = TARGET.resolve("bom.json");
    assumeTrue(Files.exists(bom), "Maven skips cyclonedx offline: the plugin asks to be online");
    JsonNode bill = new ObjectMapper().readTree(bom.toFile());
    Set<String> groups = new TreeSet<>();
    bill.get("components").forEach(part -> groups.add(part.get("group").asText()));
    requireNamed(groups);
  }

  private void requireNamed(Set<String> groups) throws IOException {
    String notice = text("META-INF/NOTICE");
    assertThat(groups).contains("org.bytedeco", "com.typesafe").hasSizeGreaterThan(10);
    groups.removeAll(OF_SPARK);
    groups.remove("io.longcast");
    assertThat(groups.stream().filter(group -> !notice.contains(group)).collect(Collectors.toSet()))
        .as("groups without a line in NOTICE")
        .isEmpty();
  }

  private String text(String entry) throws IOException {
    return new String(
        jar.getInputStream(jar.getEntry(entry)).readAllBytes(), StandardCharsets.UTF_8);
  }
}
