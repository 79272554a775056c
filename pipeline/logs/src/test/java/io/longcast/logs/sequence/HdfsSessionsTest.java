package io.longcast.logs.sequence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.longcast.evaluate.Metric;
import io.longcast.evaluate.PrevalenceCounts;
import io.longcast.testing.PublicData;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** HDFS sessions by the protocol of their folder: fitted on the training sessions alone. */
class HdfsSessionsTest {
  private static final Logger LOG = LoggerFactory.getLogger(HdfsSessionsTest.class);
  private static final CountVectorSpec COUNTS = new CountVectorSpec(0.001, 2);

  private Path folder;
  private List<int[]> abnormal;
  private List<int[]> normal;
  private List<int[]> train;

  @BeforeEach
  void data() {
    folder = PublicData.folder("hdfs");
    abnormal = read("hdfs_dev_abnormal");
    normal = read("hdfs_dev_normal");
    train = read("hdfs_train");
  }

  private List<int[]> read(String name) {
    try (var lines = Files.lines(folder.resolve(name))) {
      return KeySessionFile.read(lines).sessions();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private PrevalenceCounts score(String name, SessionCheck check) {
    PrevalenceCounts score =
        new PrevalenceCounts(
            alarms(check, abnormal),
            abnormal.size(),
            alarms(check, normal),
            normal.size(),
            16_838,
            553_366);
    LOG.info(
        "{}: TP {} FP {} {}", name, score.truePositives(), score.falsePositives(), score.metrics());
    return score;
  }

  private static long alarms(SessionCheck check, List<int[]> sessions) {
    return sessions.stream().filter(session -> check.check(session).isPresent()).count();
  }

  private static double metric(PrevalenceCounts score, String name) {
    return score.metrics().stream()
        .filter(metric -> metric.name().equals(name))
        .mapToDouble(Metric::value)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void reproducesTheListedBaselines() {
    SessionSet set = SessionSet.of(train, 30);
    PrevalenceCounts event =
        score("unseen + length", UnseenKeyCheck.fit(set).or(LengthCheck.fit(set)));
    assertThat(metric(event, "recall")).isCloseTo(0.8377, within(5e-5));
    assertThat(event.falsePositives()).isEqualTo(3);
    assertThat(metric(event, "f1_star")).isCloseTo(0.903, within(5e-4));
    PrevalenceCounts pairs =
        score("2-gram + length", TwoGramCheck.fit(set).or(LengthCheck.fit(set)));
    assertThat(metric(pairs, "recall")).isCloseTo(0.9474, within(5e-5));
    assertThat(pairs.falsePositives()).isEqualTo(5);
    assertThat(metric(pairs, "f1_star")).isCloseTo(0.958, within(5e-4));
  }

  @Test
  void countsAndUnseenKeysFindNearlyAllWithFewFalseAlarms() {
    SessionSet set = SessionSet.of(train, 30);
    SessionCheck unseen = UnseenKeyCheck.fit(set);
    CountVectorCheck counts = CountVectorCheck.fit(set, COUNTS);
    score("unseen", unseen);
    score("length", LengthCheck.fit(set));
    score("2-gram", TwoGramCheck.fit(set));
    score("counts", counts);
    LOG.info("rate of new pairs {}", SessionTotals.of(set).newPairRate());
    PrevalenceCounts both = score("unseen + counts", unseen.or(counts));
    assertThat(both.truePositives()).isGreaterThanOrEqualTo(8400);
    assertThat(both.falsePositives()).isLessThanOrEqualTo(8);
    assertThat(metric(both, "f1_star")).isGreaterThan(0.98);
  }

  @Test
  void withFewSessionsTheCountsStepBack() {
    for (int sessions : new int[] {50, 500}) {
      SessionSet few = SessionSet.of(train.subList(0, sessions), 30);
      CountVectorCheck counts = CountVectorCheck.fit(few, COUNTS);
      SessionCheck unseen = UnseenKeyCheck.fit(few);
      score(sessions + " unseen + counts of " + counts.comparedKeys(), unseen.or(counts));
      score(sessions + " 2-gram + length", TwoGramCheck.fit(few).or(LengthCheck.fit(few)));
      assertThat(counts.isOn()).as("the budget is below one in %d", sessions).isFalse();
    }
  }
}
