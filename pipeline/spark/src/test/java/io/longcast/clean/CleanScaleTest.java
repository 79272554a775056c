package io.longcast.clean;

import static org.assertj.core.api.Assertions.assertThat;

import io.longcast.read.ReadResult;
import io.longcast.read.ReadStage;
import io.longcast.read.Sources;
import io.longcast.series.Segment;
import io.longcast.testing.SharedSession;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ten thousand series of a thousand rows, one in a hundred bad or twice there. */
@Tag("long")
class CleanScaleTest {
  private static final Logger LOG = LoggerFactory.getLogger(CleanScaleTest.class);
  private final SparkSession spark = SharedSession.get();
  @TempDir Path folder;

  @Test
  void cleansTenMillionRows() {
    Path path = folder.resolve("observations");
    spark
        .sql(
            "select concat('series-', id % 10000) series_id,"
                + " timestamp_seconds(1704067200 + (id div 10000 - if(id % 97 = 0, 1, 0)) * 3600)"
                + " timestamp, if(id % 101 = 0, double('NaN'), sin(id)) value"
                + " from range(0, 10000000, 1, 8)")
        .write()
        .parquet(path.toString());
    long start = System.nanoTime();
    ReadResult read = ReadStage.read(spark, Sources.of("parquet", path).spec());
    try (CleanResult clean = CleanStage.clean(read, Cleaning.hourly().spec(), Optional.empty())) {
      RowCounts account = clean.reconcile();
      double seconds = (System.nanoTime() - start) / 1e9;
      LOG.warn("cleaned in {} s: {}", Math.round(seconds), account);
      assertThat(account.read()).isEqualTo(10_000_000);
      assertThat(account.balances()).isTrue();
      assertThat(account.kept()).isEqualTo(10_000);
      assertThat(clean.segments().map(Segment::length).reduce(Math::max)).isBetween(1000, 1001);
    }
  }
}
