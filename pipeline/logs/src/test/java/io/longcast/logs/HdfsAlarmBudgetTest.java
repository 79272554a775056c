package io.longcast.logs;

import static org.assertj.core.api.Assertions.assertThat;

import io.longcast.logs.language.KeyLanguageModel;
import io.longcast.logs.language.RankCheck;
import io.longcast.logs.sequence.KeySessionFile;
import io.longcast.logs.sequence.NormalSessions;
import io.longcast.logs.sequence.SessionSet;
import io.longcast.testing.PublicData;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** HDFS: what is asked of all parts together is kept on training sessions that were held out. */
class HdfsAlarmBudgetTest {
  private static final Logger LOG = LoggerFactory.getLogger(HdfsAlarmBudgetTest.class);
  private static final int FOLDS = 5;

  private static List<int[]> train() throws IOException {
    try (var lines = Files.lines(PublicData.folder("hdfs").resolve("hdfs_train"))) {
      return KeySessionFile.read(lines).sessions();
    }
  }

  /** Sessions are scored by counts, without the language model. */
  private static SequenceModel model(List<int[]> sessions, int keys, double budget) {
    KeyLanguageModel nobody =
        new KeyLanguageModel(LogSpecs.MODEL, keys, new float[LogSpecs.MODEL.parameters(keys)]);
    return SequenceModel.of(
        new SequenceSpec(budget, 2, 10, FOLDS, 100_000),
        NormalSessions.of(SessionSet.of(sessions, keys)),
        new RankCheck(nobody, 10, 0, 1),
        new SequenceModel.Choice(true, 0, 0, 0, 0, 0, 0, 1));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.001, 0.002, 0.003, 0.01})
  void allPartsTogetherAlarmNoMoreThanWasAsked(double budget) throws IOException {
    List<int[]> all = train();
    int keys = 1 + all.stream().flatMapToInt(java.util.Arrays::stream).max().orElseThrow();
    SequenceModel whole = model(all, keys, budget);
    LOG.info("{} {} of {}", whole.shares(), whole.counts().comparedKeys(), keys);
    long alarms = 0;
    for (int fold = 0; fold < FOLDS; fold++) {
      List<int[]> rest = new ArrayList<>();
      List<int[]> held = new ArrayList<>();
      for (int i = 0; i < all.size(); i++) {
        (i % FOLDS == fold ? held : rest).add(all.get(i));
      }
      try (SessionScorer scorer = new SessionScorer(model(rest, keys, budget))) {
        alarms +=
            held.stream().filter(s -> scorer.check(s, new long[s.length]).isPresent()).count();
      }
    }
    double realised = (double) alarms / all.size();
    LOG.info("asked {}, realised {} ({} of {})", budget, realised, alarms, all.size());
    assertThat(realised).isLessThanOrEqualTo(budget);
  }
}
