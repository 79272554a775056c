package io.longcast.logs.line;

import static org.assertj.core.api.Assertions.assertThat;

import io.longcast.logs.line.FileOrder.LogFile;
import io.longcast.logs.line.LogFileSpec.Order;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileOrderTest {
  /** Each row: the files of one log from the oldest to the newest. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        // logrotate, with and without dates; Python's RotatingFileHandler
        "app.log.10.gz app.log.2.gz app.log.1 app.log",
        "syslog.3.gz syslog.2.gz syslog.1 syslog",
        "messages-20231231.gz messages-20240107 messages",
        "app.log-1704067200.gz app.log-1704153600 app.log",
        // Python's TimedRotatingFileHandler, java.util.logging
        "app.log.2023-12-31 app.log.2024-01-01 app.log",
        "app.log.2024-01-01_09 app.log.2024-01-01_10 app.log",
        "java.log.2 java.log.1 java.log.0",
        // logback and log4j, by date and number
        "app-2023-12-31.1.log app-2024-01-01.2.log app-2024-01-01.10.log app.log",
        "app-2024-01.log.gz app-2024-02.log.gz app.log",
        // lumberjack, Kubernetes, Tomcat, PostgreSQL
        "foo-2014-05-04T14-44-33.555.log foo-2014-05-04T14-44-34.001.log.gz foo.log",
        "0.log.20240101-000000.gz 0.log.20240102-000000 0.log",
        "catalina.2023-12-31.log catalina.2024-01-01.log",
        "postgresql-2024-01-01_000000.log postgresql-2024-01-01_120000.log",
        // split -d
        "big.log.00 big.log.01 big.log.10"
      })
  void rotatedFilesAreOfOneLogFromTheOldestOn(String row) {
    List<String> names = List.of(row.split(" "));
    List<LogFile> shuffled = new ArrayList<>(files(names));
    Collections.shuffle(shuffled, new Random(1));
    FileOrder order = FileOrder.of(shuffled, Order.AUTO);
    assertThat(order.logs()).hasSize(1);
    assertThat(order.logs().get(0)).extracting(LogFile::path).isEqualTo(paths(names));
    assertThat(order.open()).isEmpty();
    Map<String, Integer> ranks = order.ranks();
    assertThat(paths(names)).extracting(ranks::get).isSorted();
  }

  @Test
  void otherFilesAreLogsOfTheirOwnWithNumbersByValue() {
    List<String> names =
        List.of("node-2.log", "node-10.log", "part-00000", "part-00001", "web.log");
    FileOrder order = FileOrder.of(files(names), Order.AUTO);
    assertThat(order.logs()).hasSize(5);
    Map<String, Integer> ranks = order.ranks();
    assertThat(paths(names)).extracting(ranks::get).isSorted();
    assertThat(order.open()).isEmpty();
  }

  @Test
  void aNumberInsideBesideANameWithoutOneLeavesTheOrderOpen() {
    List<LogFile> files = files(List.of("app.log", "app.1.log", "app.2.log"));
    assertThat(FileOrder.of(files, Order.AUTO).open())
        .containsExactly("hdfs://logs/x/app.1.log", "hdfs://logs/x/app.2.log");
    for (Order order : List.of(Order.NAME, Order.REVERSE_NAME, Order.MODIFIED)) {
      FileOrder said = FileOrder.of(files, order);
      assertThat(said.open()).isEmpty();
      assertThat(said.logs()).as("they are one log").hasSize(1);
    }
  }

  @Test
  void theOrderMayBeSaid() {
    List<LogFile> files =
        List.of(new LogFile("/x/b.log", 1), new LogFile("/x/a.log", 3), new LogFile("/x/c.log", 2));
    assertThat(ranked(files, Order.NAME)).containsExactly("/x/a.log", "/x/b.log", "/x/c.log");
    assertThat(ranked(files, Order.REVERSE_NAME))
        .containsExactly("/x/c.log", "/x/b.log", "/x/a.log");
    assertThat(ranked(files, Order.MODIFIED)).containsExactly("/x/b.log", "/x/c.log", "/x/a.log");
  }

  @Test
  void namesOfAnyKindAreTakenApart() {
    Random random = new Random(2);
    List<LogFile> files = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      StringBuilder name = new StringBuilder("/x/");
      for (int c = random.nextInt(24); c >= 0; c--) {
        name.append("abT012-_.@zg".charAt(random.nextInt(12)));
      }
      files.add(new LogFile(name.toString(), i));
    }
    assertThat(FileOrder.of(files, Order.AUTO).ranks()).isNotEmpty();
  }

  private static List<String> ranked(List<LogFile> files, Order order) {
    Map<String, Integer> ranks = FileOrder.of(files, order).ranks();
    String[] sorted = new String[ranks.size()];
    ranks.forEach((path, rank) -> sorted[rank] = path);
    return Arrays.asList(sorted);
  }

  private static List<String> paths(List<String> names) {
    return names.stream().map(name -> "hdfs://logs/x/" + name).toList();
  }

  private static List<LogFile> files(List<String> names) {
    return paths(names).stream().map(path -> new LogFile(path, 0)).toList();
  }
}
