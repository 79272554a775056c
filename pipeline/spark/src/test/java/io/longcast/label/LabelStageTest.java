package io.longcast.label;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longcast.series.Frequency;
import io.longcast.series.GridAxis;
import io.longcast.series.Segment;
import io.longcast.series.SeriesLayout;
import io.longcast.table.TableShape;
import io.longcast.testing.SharedSession;
import io.longcast.write.CommitProtocol;
import io.longcast.write.OutputSpec;
import io.longcast.write.TableSink;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("once")
class LabelStageTest {
  private static final TableShape LABELS =
      new TableShape(
          "labels",
          StructType.fromDDL(
              "series_id string, start timestamp, end timestamp, kind string, run string"),
          List.of("series_id", "start"),
          List.of());

  private final SparkSession spark = SharedSession.get();
  @TempDir Path folder;

  @Test
  void takesTheIntervalsThatWerePublishedLast() {
    for (CommitProtocol publish : List.of(CommitProtocol.RENAME, CommitProtocol.SNAPSHOT)) {
      Path output = folder.resolve(publish.name());
      TableSink sink =
          TableSink.open(
              spark, new OutputSpec(output.toString(), "parquet", Map.of(), publish, 1 << 20));
      for (int hour : new int[] {7, 2}) {
        sink.replace(interval(hour), LABELS, Map.of("run", "r"));
      }
      LabelStage.Result labelled = label(output.resolve("labels"));
      assertThat(labelled.classes()).as(publish.name()).containsExactly("normal", "spike");
      assertThat(labelled.segments().first().row(1).toFloats())
          .containsExactly(0, 0, 1, 1, 0, 0, 0, 0, 0, 0);
    }
  }

  @Test
  void saysWhatIsWrongWithIntervals() {
    Path nowhere = folder.resolve("nowhere");
    assertThatThrownBy(() -> label(nowhere))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "path does not exist: "
                + nowhere
                + "; correct it, or write Parquet there with the columns"
                + " [series_id, start, end, kind] (key labels.intervals)");
    Path empty = folder.resolve("empty");
    assertThat(empty.toFile().mkdir()).isTrue();
    assertThatThrownBy(() -> label(empty))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("cannot read labelled intervals from [" + empty)
        .hasMessageEndingWith("(key labels.intervals)");
    Path odd = folder.resolve("odd");
    interval(2).drop("kind").write().parquet(odd.toString());
    assertThatThrownBy(() -> label(odd))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("missing [kind] in [" + odd + "] (key labels.intervals)");
  }

  private Dataset<Row> interval(int hour) {
    return spark.sql(
        ("select 's' series_id, timestamp'2024-01-01' + make_interval(0,0,0,0,%d) start,"
                + " timestamp'2024-01-01' + make_interval(0,0,0,0,%d) end, 'spike' kind, 'r' run")
            .formatted(hour, hour + 2));
  }

  private LabelStage.Result label(Path intervals) {
    GridAxis axis =
        new GridAxis(Instant.parse("2024-01-01T00:00:00Z"), Frequency.parse("1h"), ZoneOffset.UTC);
    JavaRDD<Segment> segments =
        JavaSparkContext.fromSparkContext(spark.sparkContext())
            .parallelize(List.of(Segment.of("s", axis, new float[10])));
    LabelSpec spec = new LabelSpec(Optional.empty(), List.of(intervals.toString()), 1, "normal");
    return LabelStage.label(spark, segments, SeriesLayout.of("value"), spec);
  }
}
