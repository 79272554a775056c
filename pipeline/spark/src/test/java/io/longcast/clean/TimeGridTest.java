package io.longcast.clean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longcast.read.ReadResult;
import io.longcast.read.ReadStage;
import io.longcast.read.Sources;
import io.longcast.series.Segment;
import io.longcast.testing.SharedSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Grids of times as people have them, from CSV, JSON and Parquet alike. */
@Tag("once")
class TimeGridTest {
  private static final Instant START = Instant.parse("2024-01-01T00:00:00Z");

  private final SparkSession spark = SharedSession.get();
  private final Cleaning cleaning = Cleaning.hourly();
  @TempDir Path folder;

  private record Reading(String time, double value) {}

  @Test
  void infersAndKeepsStepsBelowASecond() throws IOException {
    List<Reading> readings =
        IntStream.range(0, 300)
            .mapToObj(
                i -> at(START.plusMillis(200L * i), 10 + Math.rint(5000 * Math.sin(i)) / 1000))
            .toList();
    for (String frequency : List.of("infer", "200ms")) {
      cleaning.frequency = frequency;
      for (Segment segment : clean(readings)) {
        assertThat(segment.length()).isEqualTo(300);
        assertThat(segment.row(0).toFloats()[1]).isEqualTo((float) readings.get(1).value());
        assertThat(segment.axis().instant(1)).contains(START.plusMillis(200));
      }
    }
  }

  @Test
  void observesEveryStepOfAClockThatJitters() throws IOException {
    Random random = new Random(1);
    List<Reading> readings =
        IntStream.range(0, 200)
            .mapToObj(i -> at(START.plusSeconds(3600L * i + random.nextInt(5) - 2), i))
            .toList();
    cleaning.snap = CleanSpec.Snap.AUTO;
    for (String frequency : List.of("infer", "1h")) {
      cleaning.frequency = frequency;
      for (Segment segment : clean(readings)) {
        assertThat(segment.length()).isEqualTo(200);
        assertThat(segment.observedChannels()).isZero();
        assertThat(segment.axis().instant(0)).contains(START);
        assertThat(segment.row(0).toFloats()[123]).isEqualTo(123);
      }
    }
  }

  @Test
  void infersBusinessDaysAndMonthEnds() throws IOException {
    cleaning.frequency = "infer";
    List<Reading> days =
        IntStream.range(0, 60)
            .mapToObj(i -> LocalDate.of(2023, 1, 2).plusDays(i))
            .filter(date -> date.getDayOfWeek().getValue() < 6)
            .map(date -> new Reading(date.toString(), date.getDayOfMonth()))
            .toList();
    for (Segment segment : clean(days)) {
      assertThat(segment.observedChannels()).isZero();
      assertThat(next(segment, 2)).containsExactly("2023-03-03", "2023-03-06");
    }
    List<Reading> ends =
        IntStream.range(0, 57)
            .mapToObj(i -> LocalDate.of(2019, 5, 1).plusMonths(i).minusDays(1))
            .map(date -> new Reading(date.toString(), date.getMonthValue()))
            .toList();
    for (Segment segment : clean(ends)) {
      assertThat(segment.observedChannels()).isZero();
      assertThat(next(segment, 3)).containsExactly("2024-01-31", "2024-02-29", "2024-03-31");
    }
  }

  private static List<String> next(Segment segment, int steps) {
    return IntStream.range(segment.length(), segment.length() + steps)
        .mapToObj(step -> segment.axis().instant(step).orElseThrow().toString().substring(0, 10))
        .toList();
  }

  @Test
  void rejectsTheRowOfAClockThatWasNotSetAndKeepsTheGrid() throws IOException {
    for (String odd : List.of("1970-01-01T00:00:00Z", "2099-01-01T00:00:00Z")) {
      List<Reading> readings = new ArrayList<>(hourly(200));
      readings.add(120, new Reading(odd, 5));
      for (Segment segment : clean(readings)) {
        assertThat(segment.length()).isEqualTo(200);
        assertThat(segment.axis().instant(200)).contains(Instant.parse("2024-01-09T08:00:00Z"));
      }
    }
  }

  @Test
  void readsCountersThatReset() throws IOException {
    cleaning.counters = Map.of("value", "difference");
    List<Reading> readings = new ArrayList<>();
    double reading = 100;
    for (int i = 0; i < 60; i++) {
      reading = i % 25 == 24 ? 7 : reading + 10;
      readings.add(at(START.plusSeconds(3600L * i), reading));
    }
    for (Segment segment : clean(readings)) {
      assertThat(segment.row(0).toFloats()[23]).isEqualTo(10);
      assertThat(segment.row(0).toFloats()[24]).isEqualTo(7);
      assertThat(segment.row(0).toFloats()[25]).isEqualTo(10);
    }
  }

  @Test
  void namesACounterThatIsNoColumn() throws IOException {
    cleaning.counters = Map.of("energie", "rate");
    ReadResult read = read(csv(hourly(5)));
    assertThatThrownBy(() -> CleanStage.clean(read, cleaning.spec(), Optional.empty()))
        .hasMessage("counter \"energie\" is no number column, found value (key clean.counters)");
  }

  @Test
  void saysThatTimesWereUnreadableWhereNoFrequencyCanBeInferred() throws IOException {
    cleaning.frequency = "infer";
    List<Reading> months =
        IntStream.range(1, 10).mapToObj(i -> new Reading("2019-0" + i, i)).toList();
    for (Sources source : all(months)) {
      ReadResult read = read(source);
      assertThatThrownBy(() -> CleanStage.clean(read, cleaning.spec(), Optional.empty()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("9 as unparsable timestamp (format auto): \"2019-0")
          .hasMessageContaining("(key source.time.format)");
    }
  }

  private static List<Reading> hourly(int count) {
    return IntStream.range(0, count).mapToObj(i -> at(START.plusSeconds(3600L * i), i)).toList();
  }

  private static Reading at(Instant time, double value) {
    return new Reading(time.toString(), value);
  }

  /** The one series of the readings as each format gives it. */
  private List<Segment> clean(List<Reading> readings) throws IOException {
    List<Segment> segments = new ArrayList<>();
    for (Sources source : all(readings)) {
      try (CleanResult clean = CleanStage.clean(read(source), cleaning.spec(), Optional.empty())) {
        assertThat(clean.reconcile().balances()).isTrue();
        segments.addAll(clean.segments().collect());
      }
    }
    assertThat(segments).hasSize(3);
    return segments;
  }

  private List<Sources> all(List<Reading> readings) throws IOException {
    Path json = folder.resolve("a.json");
    Files.write(
        json,
        readings.stream()
            .map(
                r ->
                    "{\"series_id\":\"s\",\"timestamp\":\"%s\",\"value\":%s}"
                        .formatted(r.time, r.value))
            .toList());
    Path parquet = folder.resolve("parquet");
    spark
        .read()
        .schema("series_id string, timestamp string, value double")
        .json(json.toString())
        .write()
        .mode("overwrite")
        .parquet(parquet.toString());
    return List.of(csv(readings), Sources.of("json", json), Sources.of("parquet", parquet));
  }

  private Sources csv(List<Reading> readings) throws IOException {
    Path csv = folder.resolve("a.csv");
    Stream<String> lines = readings.stream().map(r -> "s," + r.time + "," + r.value);
    Files.write(csv, Stream.concat(Stream.of("series_id,timestamp,value"), lines).toList());
    return Sources.of("csv", csv);
  }

  private ReadResult read(Sources source) {
    return ReadStage.read(spark, source.spec());
  }
}
