package io.longcast.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A build of two libraries: one in the jar, which repackages a third, and one of Spark. */
class SupplyChainTest {
  @TempDir Path root;

  private final List<Path> inTheJar = new ArrayList<>();

  @BeforeEach
  void build() throws Exception {
    inTheJar.add(library("org.kept", "kept", "1.0", "org.inner:kept:0.9"));
    write("jobs/target/spark.classpath", library("org.engine", "engine", "3.5").toString());
    write("pipeline/core/target/test.classpath", library("org.checks", "checks", "2").toString());
    vex("pkg:maven/org.inner/kept@0.9");
    run("lock");
  }

  @Test
  void acceptsWhatIsLocked() throws Exception {
    run("check");
    assertThat(root.resolve(".ci/supply/longcast.lock"))
        .content()
        .contains("jar org.kept:kept:1.0 ", "spark org.engine:engine:3.5 ")
        .contains("test org.checks:checks:2 ", "within org.kept:kept:1.0 org.inner:kept:0.9");
  }

  @Test
  void refusesANewComponentByName() throws Exception {
    inTheJar.add(library("org.added", "added", "1.1"));
    refuses("not locked: jar org.added:added:1.1 ", "-Dlongcast.supply=lock");
  }

  @Test
  void refusesANewVersionAndWhatItReplaced() throws Exception {
    inTheJar.set(0, library("org.kept", "kept", "1.1", "org.inner:kept:0.9"));
    refuses("not locked: jar org.kept:kept:1.1 ", "not taken: jar org.kept:kept:1.0 ");
  }

  @Test
  void refusesAnotherFileUnderTheSameCoordinates() throws Exception {
    library("org.kept", "kept", "1.0", "org.inner:kept:0.9", "org.hidden:hidden:6.6");
    refuses("not locked: within org.kept:kept:1.0 org.hidden:hidden:6.6");
  }

  @Test
  void refusesAStatementOnAComponentThatIsGone() throws Exception {
    vex("pkg:maven/org.inner/kept@0.8");
    refuses("speaks of a component that is not taken: pkg:maven/org.inner/kept@0.8");
  }

  @Test
  void writesTheSameBillsOfMaterialsTwice() throws Exception {
    Path bill = root.resolve("jobs/target/runtime.cdx.json");
    String first = Files.readString(bill);
    run("check");
    assertThat(bill).content().isEqualTo(first);
    JsonNode components = new ObjectMapper().readTree(first).get("components");
    assertThat(components.findValuesAsText("purl"))
        .containsExactly(
            "pkg:maven/org.kept/kept@1.0",
            "pkg:maven/org.inner/kept@0.9",
            "pkg:maven/org.engine/engine@3.5");
  }

  private void refuses(String... words) {
    assertThatIllegalStateException()
        .isThrownBy(() -> run("check"))
        .withMessageContainingAll(words);
  }

  private void run(String mode) throws Exception {
    write(
        "jobs/target/libraries.txt",
        inTheJar.stream()
            .map(file -> "   g:a:jar:1:compile:%s -- module a (auto)".formatted(file))
            .collect(Collectors.joining("\n")));
    SupplyChain.main(
        new String[] {
          root.toString(), "target", "longcast", "linux-x86_64", root.resolve("m2").toString(), mode
        });
  }

  private void vex(String component) throws IOException {
    write(
        ".ci/supply/vex.cdx.json",
        "{\"vulnerabilities\": [{\"affects\": [{\"ref\": \"%s\"}]}]}".formatted(component));
  }

  private Path library(String group, String name, String version, String... within)
      throws IOException {
    String folder = "m2/%s/%s/%s".formatted(group.replace('.', '/'), name, version);
    Path file = write(folder + "/" + name + "-" + version + ".jar", "");
    try (OutputStream out = Files.newOutputStream(file);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      for (String inner : within) {
        String[] parts = inner.split(":");
        zip.putNextEntry(
            new ZipEntry("META-INF/maven/%s/%s/pom.properties".formatted(parts[0], parts[1])));
        zip.write(
            "groupId=%s\nartifactId=%s\nversion=%s\n"
                .formatted((Object[]) parts)
                .getBytes(StandardCharsets.UTF_8));
      }
    }
    return file;
  }

  private Path write(String name, String text) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }
}
