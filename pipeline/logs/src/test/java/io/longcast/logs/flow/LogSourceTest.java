package io.longcast.logs.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.longcast.config.RunFile;
import io.longcast.config.RunSpec;
import io.longcast.logs.LogSpec;
import io.longcast.testing.SharedSession;
import io.longcast.write.CopyingStore;
import io.longcast.write.FolderSink;
import io.longcast.write.TableSink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where the lines of a log may lie: every one is read once and accounted for. */
@Tag("once")
class LogSourceTest {
  private final SparkSession spark = SharedSession.get();
  @TempDir Path folder;

  @Test
  void readsFilesInFoldersBelow() throws IOException {
    lines("log/top.log", 3);
    lines("log/2024/01/deep.log", 4);
    lines("log/date=2024-01-02/part.log", 5);
    lines("log/_hidden/not.log", 6);
    assertThat(account(folder.resolve("log").toString()).used()).isEqualTo(12);
  }

  @Test
  void readsPatternsWithAlternativesAndNamesWithACommaAndPlusOfSeveralPaths() throws IOException {
    lines("log/a.log", 3);
    lines("log/b.log", 4);
    lines("log/c.log", 5);
    lines("more/d,e+f.log", 6);
    assertThat(account(folder + "/log/{a,b}.log", folder + "/more/d,e+f.log").used()).isEqualTo(13);
  }

  @Test
  void readsWhatIsPublishedBySnapshots() {
    CopyingStore.mount(spark.sparkContext().hadoopConfiguration());
    String log = "s3a://bucket" + folder.resolve("log");
    for (int count : new int[] {9, 7}) {
      List<String> lines = List.of(text(count).split("\n"));
      FolderSink.overwrite(spark.createDataset(lines, Encoders.STRING()).toDF(), "text", log);
    }
    assertThat(folder.resolve("log/_snapshots")).isDirectory();
    assertThat(account(log).used()).isEqualTo(7);
  }

  private LogLineCounts account(String... paths) {
    String list =
        List.of(paths).stream().map(path -> '"' + path + '"').collect(Collectors.joining(","));
    RunSpec run =
        RunFile.read(
                Optional.empty(),
                List.of(
                    "output.path=" + folder.resolve("out"),
                    "logs.lines.pattern=<Timestamp> [<Session>] <Content>",
                    "logs.paths=[" + list + "]"))
            .spec();
    LogLineCounts account =
        LogSource.of(spark, run.section(LogSpec.class))
            .account(spark, TableSink.open(spark, run.output()));
    assertThat(account.balances()).isTrue();
    assertThat(account.rejected()).isZero();
    return account;
  }

  private void lines(String file, int count) throws IOException {
    Path path = folder.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text(count));
  }

  private static String text(int count) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      text.append("2024-01-01T00:00:%02dZ [s%d] started\n".formatted(i, i % 2));
    }
    return text.toString();
  }
}
