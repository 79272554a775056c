package io.longcast.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longcast.benchmark.BenchmarkSpec.Published;
import io.longcast.benchmark.GroupingSpec.LogSystem;
import io.longcast.logs.template.TemplateSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lines and labels of one small system, whole and broken. */
class GroupingBenchmarkTest {
  private static final String LINES =
      """
      12:00 got 12 bytes
      12:01 closed
      12:02 got 7 bytes
      no header
      """;
  private static final String LABELS =
      """
      LineId,EventId
      2,closed
      1,got
      3,got
      4,odd
      """;

  @TempDir Path data;
  private Path log;
  private Path labels;

  @BeforeEach
  void whole() throws IOException {
    Path folder = Files.createDirectory(data.resolve("Disk"));
    log = Files.writeString(folder.resolve("Disk.log"), LINES);
    labels = Files.writeString(folder.resolve("Disk.csv"), LABELS);
  }

  private BenchmarkReport run() {
    GroupingSpec grouping =
        new GroupingSpec(
            List.of(new LogSystem("Disk", "<Time>:<Minute> <Content>"), new LogSystem("Tape", "")),
            "<System>.log",
            "<System>.csv");
    BenchmarkSpec spec =
        new BenchmarkSpec(
            "groups",
            "groups",
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(grouping),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of(new Published("Other", Map.of("Disk", "0.75"))),
            "nothing");
    return new GroupingBenchmark(spec, data, new TemplateSpec(List.of(), true, 6, 1000)).run();
  }

  private void fails(String... words) {
    var thrown = assertThatThrownBy(this::run).isInstanceOf(IllegalArgumentException.class);
    for (String word : words) {
      thrown.hasMessageContaining(word);
    }
  }

  @Test
  void judgesTheSystemsThatAreThereByTheirLabelsInTheOrderOfTheLines() {
    Map<String, Double> figures = run().metrics();
    assertThat(figures)
        .containsEntry("grouping_accuracy", 1.0)
        .containsEntry("systems", 1.0)
        .containsEntry("lines", 4.0)
        .containsEntry("rejected_lines", 1.0)
        .containsEntry("templates", 3.0)
        .containsEntry("least_margin", 0.25);
  }

  @Test
  void wrongGroupsAreNotCounted() throws IOException {
    Files.writeString(labels, LABELS.replace("3,got", "3,lost"));
    assertThat(run().metrics()).containsEntry("grouping_accuracy", 0.5);
  }

  @Test
  void namesAFolderWithoutAnySystem() throws IOException {
    Files.delete(log);
    Files.delete(labels);
    Files.delete(log.getParent());
    fails("found none of [Disk, Tape]", data.toString());
  }

  @Test
  void namesAMissingFile() throws IOException {
    Files.delete(labels);
    fails("found no file", labels.toString());
    Files.writeString(labels, LABELS);
    Files.delete(log);
    fails("found no file", log.toString());
  }

  @Test
  void namesAMissingColumn() throws IOException {
    Files.writeString(labels, LABELS.replace("EventId", "Event"));
    fails("expected a column EventId, found [LineId, Event]", labels.toString());
  }

  @Test
  void namesAnEmptyFile() throws IOException {
    Files.writeString(log, "\n");
    fails("expected log lines, found an empty file", log.toString());
    Files.writeString(log, LINES);
    Files.writeString(labels, "");
    fails("expected a header line, found an empty file", labels.toString());
  }

  @Test
  void namesARowThatIsBroken() throws IOException {
    Files.writeString(labels, LABELS.replace("3,got", "three,got"));
    fails("expected a number in column LineId, line 4", labels.toString());
    Files.writeString(labels, LABELS.replace("3,got", "3"));
    fails("expected a cell in column EventId, line 4", labels.toString());
  }

  @Test
  void saysHowManyLabelsAreMissing() throws IOException {
    Files.writeString(labels, LABELS.replace("4,odd\n", ""));
    fails("a row for each of the 4 lines", "found 3", labels.toString());
  }
}
