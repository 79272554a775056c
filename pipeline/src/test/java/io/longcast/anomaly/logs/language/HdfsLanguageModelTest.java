package io.longcast.anomaly.logs.language;

import static org.assertj.core.api.Assertions.assertThat;

import io.longcast.anomaly.logs.language.KeyModelSpec.Input;
import io.longcast.anomaly.logs.sequence.KeySessionFile;
import io.longcast.anomaly.logs.sequence.SessionSet;
import io.longcast.anomaly.logs.sequence.UnseenKeyCheck;
import io.longcast.evaluate.Metric;
import io.longcast.evaluate.PrevalenceCounts;
import io.longcast.model.recurrent.CellKind;
import io.longcast.testing.PublicData;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Recipe B of the language model on HDFS sessions: with few sessions it is what works. */
@Tag("long")
class HdfsLanguageModelTest {
  private static final Logger LOG = LoggerFactory.getLogger(HdfsLanguageModelTest.class);

  private static List<int[]> read(String name) {
    Path file = PublicData.folder("hdfs").resolve(name);
    try (var lines = Files.lines(file)) {
      return KeySessionFile.read(lines).sessions().stream().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Numbers the keys that occur in the sessions; classes that never occur blur the ranks. */
  private static Map<Integer, Integer> vocabulary(List<int[]> sessions) {
    Map<Integer, Integer> numbers = new HashMap<>();
    sessions.stream()
        .flatMapToInt(Arrays::stream)
        .sorted()
        .forEach(key -> numbers.putIfAbsent(key, numbers.size()));
    return numbers;
  }

  private static List<int[]> coded(List<int[]> sessions, Map<Integer, Integer> vocabulary) {
    return sessions.stream()
        .map(
            session ->
                Arrays.stream(session)
                    .map(key -> vocabulary.getOrDefault(key, SessionSet.UNSEEN))
                    .toArray())
        .toList();
  }

  private static KeyModelSpec spec(CellKind cell, Input input) {
    return new KeyModelSpec(cell, 1, 48, input, 16, true, 64, 1, KeyModels.updater(1));
  }

  @Test
  void findsMostAbnormalSessionsFromFiftyNormalOnes() {
    assertThat(f1(50, CellKind.LSTM, Input.EMBEDDING, 10)).isGreaterThan(0.87);
  }

  @Test
  void withAllSessionsItComesCloseToTheCounts() {
    assertThat(f1(4855, CellKind.LSTM, Input.EMBEDDING, 10)).isGreaterThan(0.9);
  }

  @Test
  void withFiveHundredSessions() {
    assertThat(f1(500, CellKind.LSTM, Input.EMBEDDING, 10)).isGreaterThan(0.9);
  }

  private double f1(int sessions, CellKind cell, Input input, int top) {
    List<int[]> train = read("hdfs_train").subList(0, sessions);
    Map<Integer, Integer> keys = vocabulary(train);
    SessionSet set = SessionSet.of(coded(train, keys), keys.size());
    long start = System.nanoTime();
    RankCheck fitted =
        RankFit.fit(
                set,
                KeyTraining.with(spec(cell, input), new KeyTrainingSpec(900, 64, 5e-3, 1)),
                top,
                0.001)
            .check();
    double seconds = (System.nanoTime() - start) / 1e9;
    KeyLanguageModel model = fitted.model();
    List<int[]> normal = coded(read("hdfs_dev_normal"), keys);
    List<int[]> abnormal = coded(read("hdfs_dev_abnormal"), keys);
    UnseenKeyCheck unseen = UnseenKeyCheck.fit(set);
    double best = 0;
    for (int g : new int[] {8, 9, 10, 11}) {
      double f1 =
          score(unseen, new RankCheck(model, g, fitted.leastEnd()), abnormal, normal, sessions);
      best = g == top ? f1 : best;
    }
    LOG.info(
        "N {} {} {}: perplexity train {} normal {}, {} s",
        sessions,
        cell,
        input,
        model.perplexity(set.sequences()),
        model.perplexity(normal),
        seconds);
    return best;
  }

  private static double score(
      UnseenKeyCheck unseen,
      RankCheck check,
      List<int[]> abnormal,
      List<int[]> normal,
      int sessions) {
    long found = alarms(unseen, check, abnormal);
    long wrong = alarms(unseen, check, normal);
    PrevalenceCounts counts =
        new PrevalenceCounts(found, abnormal.size(), wrong, normal.size(), 16_838, 553_366);
    double f1 =
        counts.metrics().stream()
            .filter(metric -> metric.name().equals("f1_star"))
            .mapToDouble(Metric::value)
            .findFirst()
            .orElseThrow();
    LOG.info("N {} top {}: TP {} FP {} F1* {}", sessions, check.top(), found, wrong, f1);
    return f1;
  }

  private static long alarms(UnseenKeyCheck unseen, RankCheck check, List<int[]> sessions) {
    Map<String, Integer> index = new HashMap<>();
    List<int[]> distinct = new ArrayList<>();
    for (int[] session : sessions) {
      if (index.putIfAbsent(Arrays.toString(session), distinct.size()) == null) {
        distinct.add(session);
      }
    }
    var findings = check.checkAll(distinct);
    return sessions.stream()
        .filter(
            session ->
                unseen.check(session).isPresent()
                    || findings.get(index.get(Arrays.toString(session))).isPresent())
        .count();
  }
}
