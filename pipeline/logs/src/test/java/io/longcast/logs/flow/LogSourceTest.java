package io.longcast.logs.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longcast.config.RunFile;
import io.longcast.config.RunSpec;
import io.longcast.logs.LogLineCounts;
import io.longcast.logs.LogSpec;
import io.longcast.settings.SettingException;
import io.longcast.testing.SharedSession;
import io.longcast.write.CopyingStore;
import io.longcast.write.FolderSink;
import io.longcast.write.TableSink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

  @Test
  void countsRejectsByReason() throws IOException {
    Files.writeString(
        folder.resolve("a.log"),
        text(3) + "no header\n\n2024-13-01 [s] x\n2024-01-01T00:00:00Z [s] y\n" + "z".repeat(2000));
    LogLineCounts counts =
        counts(List.of("logs.files.maxLineLength=1024"), folder.resolve("a.log").toString());
    assertThat(counts)
        .hasToString(
            "lines read 8 = in sessions 4 + without a session 0 + rejected 4 (1 blank, 1 no header"
                + " of the declared form [logs.lines.pattern], 1 timestamp not of the declared"
                + " format [logs.lines.timestampFormat], 1 longer than the limit"
                + " [logs.files.maxLineLength])");
  }

  /** Each row: the lines, further settings, and the key that mends the most frequent reason. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "2024/01/01 [s] a\\n2024/01/02 [s] b\\n[s] c;;logs.lines.timestampFormat",
        "one\\ntwo\\n2024/01/02 [s] b;;logs.lines.pattern",
        "{\"msg\": 1}\\n{\"msg\": 2};logs.lines.form=json-lines;logs.lines.fields",
        "{\"content\": 1}\\n{\"content\": 2};logs.lines.form=json-lines;logs.lines.fields",
        "plain\\ntext;logs.lines.form=json-lines;logs.lines.form",
        "2024-01-01T00:00:00Z a\\n2024-01-01T00:00:00Z b;logs.lines.pattern=<Timestamp> <Content>;logs.lines.sessionPattern",
        "1704067200 [s] a;logs.lines.timestampFormat=epoch-millis;logs.lines.timestampFormat"
      })
  void whereNoLineCanBeUsedTheKeyOfTheMostFrequentReasonIsNamed(
      String lines, String setting, String key) throws IOException {
    Files.writeString(folder.resolve("a.log"), lines.replace("\\n", "\n"));
    assertThatThrownBy(
            () ->
                counts(
                    setting == null ? List.of() : List.of(setting),
                    folder.resolve("a.log").toString()))
        .isInstanceOfSatisfying(SettingException.class, bad -> assertThat(bad.keys()).contains(key))
        .hasMessageContaining("lines read ")
        .hasMessageContaining("rejected ");
  }

  @Test
  void anEmptyLogIsNoMistake() throws IOException {
    Files.writeString(folder.resolve("a.log"), "\n\n");
    assertThat(counts(List.of(), folder.resolve("a.log").toString()).read()).isEqualTo(2);
  }

  private LogLineCounts account(String... paths) {
    LogLineCounts account = counts(List.of(), paths);
    assertThat(account.rejected()).isZero();
    return account;
  }

  private LogLineCounts counts(List<String> settings, String... paths) {
    String list =
        List.of(paths).stream().map(path -> '"' + path + '"').collect(Collectors.joining(","));
    List<String> all =
        new ArrayList<>(
            List.of(
                "output.path=" + folder.resolve("out"),
                "logs.lines.pattern=<Timestamp> [<Session>] <Content>",
                "logs.paths=[" + list + "]"));
    all.addAll(settings);
    RunSpec run = RunFile.read(Optional.empty(), all).spec();
    LogLineCounts account =
        LogSource.of(spark, run.section(LogSpec.class))
            .account(spark, TableSink.open(spark, run.output()));
    assertThat(account.balances()).isTrue();
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
