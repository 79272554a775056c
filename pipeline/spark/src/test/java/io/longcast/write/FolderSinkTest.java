package io.longcast.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longcast.testing.SharedSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Samples and values of log lines, written in place of earlier ones. */
@Tag("once")
class FolderSinkTest {
  private final SparkSession spark = SharedSession.get();
  @TempDir Path output;

  @ParameterizedTest
  @ValueSource(strings = {"", "s3a://bucket"})
  void keepsTheFormerRowsWhereAWriteFails(String scheme) {
    CopyingStore.mount(spark.sparkContext().hadoopConfiguration());
    String folder = scheme + output.resolve("sample");
    FolderSink.overwrite(rows(5), "parquet", folder);
    Dataset<Row> failing = rows(9).selectExpr("if(id < 7, id, raise_error('boom')) id");
    assertThatThrownBy(() -> FolderSink.overwrite(failing, "parquet", folder))
        .hasStackTraceContaining("boom");
    assertThat(FolderSink.read(spark, "parquet", folder).count()).isEqualTo(5);
    FolderSink.overwrite(rows(3), "parquet", folder);
    assertThat(FolderSink.read(spark, "parquet", folder).count()).isEqualTo(3);
  }

  @Test
  void leavesAPlainFolderThatAnyReaderReads() throws IOException {
    String folder = output.resolve("sample").toString();
    FolderSink.overwrite(rows(5), "parquet", folder);
    FolderSink.overwrite(rows(4), "parquet", folder);
    assertThat(spark.read().parquet(folder).count()).isEqualTo(4);
    try (var files = Files.list(output)) {
      assertThat(files.map(file -> file.getFileName().toString())).containsExactly("sample");
    }
  }

  private Dataset<Row> rows(int count) {
    return spark.range(0, count, 1, 2).toDF();
  }
}
