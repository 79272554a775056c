package io.longcast.read;

import static io.longcast.read.SourceFilesFixture.reasons;
import static io.longcast.read.SourceFilesFixture.used;
import static io.longcast.read.SourceFilesFixture.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longcast.testing.SharedSession;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A query in front of a source. */
@Tag("once")
class SourceQueryTest {
  private static final String A = "a 2024-01-01T00:00:00Z 1.5";

  private final SparkSession spark = SharedSession.get();
  @TempDir Path folder;

  private ReadResult read(Sources source) {
    return ReadStage.read(spark, source.spec());
  }

  @Test
  void readsTheResultOverCsvJsonParquetAndATable() {
    Path csv = write(folder, "a.csv", "id,day,tenths", "a,2024-01-01,15", "b,2024-01-01,off");
    Path json =
        write(
            folder,
            "a.json",
            "{\"id\": \"a\", \"day\": \"2024-01-01\", \"tenths\": 15, \"more\": [1, 2]}",
            "{\"id\": \"b\", \"day\": \"2024-01-01\", \"tenths\": null, \"more\": []}");
    Path parquet = folder.resolve("parquet");
    spark.read().option("header", "true").csv(csv.toString()).write().parquet(parquet.toString());
    spark.read().parquet(parquet.toString()).createOrReplaceTempView("tenths");
    String query =
        "SELECT id AS series_id, day AS timestamp, try_cast(tenths AS double) / 10 AS value"
            + " FROM source";
    for (Sources source :
        List.of(
            Sources.of("csv", csv),
            Sources.of("json", json),
            Sources.of("parquet", parquet),
            Sources.table("tenths"))) {
      assertThat(used(read(source.query(query)))).containsExactly(A, "b 2024-01-01T00:00:00Z -");
    }
    String exploded =
        "SELECT id AS series_id, day AS timestamp, e AS value FROM source"
            + " LATERAL VIEW explode(more) AS e WHERE e = 2";
    assertThat(used(read(Sources.of("json", json).query(exploded))))
        .containsExactly("a 2024-01-01T00:00:00Z 2.0");
  }

  @Test
  void seesFilesAndUnreadableRecords() {
    write(folder, "x.csv", "timestamp,value", "2024-01-01,1.5", "2024-01-01");
    String query = "SELECT *, substring_index(_file, '/', -1) AS series_id FROM source";
    ReadResult read = read(Sources.of("csv", folder).query(query));
    assertThat(read.rejects().count()).isZero();
    assertThat(used(read)).hasSize(2).contains("x.csv 2024-01-01T00:00:00Z 1.5");
    assertThat(
            used(read(Sources.of("csv", folder).query(query + " WHERE _corrupt_record IS NULL"))))
        .hasSize(1);
    Sources named =
        Sources.of("csv", folder).series(new SeriesSpec(List.of(), "/", true, "")).query(query);
    assertThat(used(read(named))).contains("x 2024-01-01T00:00:00Z 1.5");
    assertThatThrownBy(() -> read(named.query("SELECT timestamp, value FROM source")))
        .hasMessageContaining("source.series.fromFileName needs the column _file");
  }

  @Test
  void leavesTheUsersViewsAlone() {
    spark.range(3).createOrReplaceTempView("source");
    Path csv = write(folder, "a.csv", "series_id,timestamp,value", "a,2024-01-01,1.5");
    assertThat(used(read(Sources.of("csv", csv).query("SELECT * FROM source")))).containsExactly(A);
    assertThat(spark.table("source").count()).isEqualTo(3);
    spark.catalog().dropTempView("source");
  }

  @Test
  void refusesWhatIsNoQuery() {
    Sources source = Sources.of("csv", folder);
    assertThatThrownBy(() -> source.query("SELEC * FROM source").spec())
        .hasMessageContaining("cannot parse the query")
        .hasMessageContaining("(key source.query)");
    assertThatThrownBy(() -> source.query("DROP TABLE t").spec())
        .hasMessageContaining("expected a query")
        .hasMessageContaining("(key source.query)");
    write(folder, "a.csv", "series_id,timestamp,value", "a,2024-01-01,1.5");
    assertThatThrownBy(() -> read(source.query("SELECT other FROM source")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("other");
    assertThatThrownBy(() -> read(source.query("SELECT series_id FROM source")))
        .hasMessageContaining("column \"timestamp\" is missing (key source.time.column)");
    assertThat(reasons(read(source.query("SELECT '' series_id, timestamp, value FROM source"))))
        .hasSize(1);
  }
}
