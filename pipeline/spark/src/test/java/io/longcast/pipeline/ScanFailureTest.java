package io.longcast.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.longcast.config.RunFile;
import io.longcast.config.RunSpec;
import io.longcast.testing.SharedSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Damage that shows only while a file is read: one line with the file and what to do about it. */
class ScanFailureTest {
  private static final SparkSession SPARK = SharedSession.get();

  @TempDir Path folder;

  /** Each row: format, compression, whether the file ends early, and the grid. */
  @ParameterizedTest
  @CsvSource({
    "csv, gzip, true, regular",
    "json, gzip, true, regular",
    "parquet, none, false, regular",
    "orc, zlib, false, rows"
  })
  void namesTheFileThatCannotBeRead(String format, String compression, boolean cut, String grid)
      throws IOException {
    Path damaged = damaged(format, compression, cut);
    Throwable failure = catchThrowable(() -> counted(run(format, grid)));
    assertThat(failure)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("cannot read file file://" + damaged)
        .hasMessageContaining(" of " + format + " " + folder.resolve("data"))
        .hasMessageEndingWith("(source.badFiles = skip leaves it out and lists it)");
    assertThat(failure.getMessage().lines()).hasSize(1);
  }

  @Test
  void saysWhereAFileOfADataFrameIsToBeLeftOut() throws IOException {
    damaged("parquet", "gzip", false);
    RunSpec run = run("parquet", "regular");
    assertThatThrownBy(
            () -> {
              try (SeriesDataset data =
                  SeriesDataset.of(
                      SPARK.read().parquet(folder.resolve("data").toString()),
                      run.source(),
                      run.clean(),
                      Optional.empty())) {
                data.counts();
              }
            })
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(" of the DataFrame: ")
        .hasMessageEndingWith("(leave it out where the DataFrame is made)");
  }

  private static void counted(RunSpec run) {
    try (SeriesDataset data = SeriesDataset.read(SPARK, run, Optional.empty())) {
      data.counts();
    }
  }

  private RunSpec run(String format, String grid) {
    return RunFile.read(
            Optional.empty(),
            List.of(
                "source.format=" + format,
                "source.paths=[\"" + folder.resolve("data") + "\"]",
                "clean.grid=" + grid,
                "clean.frequency=1h"))
        .spec();
  }

  /** Two files, one of which cannot be read to its end. */
  private Path damaged(String format, String compression, boolean cut) throws IOException {
    Path data = folder.resolve("data");
    for (String id : List.of("a", "b")) {
      SPARK
          .sql(
              "select '%s' series_id, timestamp'2024-01-01' + make_interval(0,0,0,0,id) timestamp,"
                      .formatted(id)
                  + " rand(1) value from range(0, 20000, 1, 1)")
          .write()
          .mode("append")
          .option("compression", compression)
          .option("header", "true")
          .format(format)
          .save(data.toString());
    }
    Path victim;
    try (var all = Files.list(data)) {
      victim =
          all.filter(file -> file.getFileName().toString().startsWith("part-"))
              .sorted()
              .findFirst()
              .orElseThrow();
    }
    byte[] bytes = Files.readAllBytes(victim);
    for (int i = bytes.length / 3; !cut && i < bytes.length / 3 + 2000; i++) {
      bytes[i] ^= 0x5A;
    }
    Files.write(victim, cut ? Arrays.copyOf(bytes, bytes.length * 3 / 4) : bytes);
    Files.deleteIfExists(victim.resolveSibling("." + victim.getFileName() + ".crc"));
    return victim;
  }
}
