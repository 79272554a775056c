package io.longcast.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longcast.logs.language.KeyLanguageModel;
import io.longcast.logs.language.KeyTrainer;
import io.longcast.logs.line.LogReadStage;
import io.longcast.logs.sequence.SessionTotals;
import io.longcast.logs.sequence.UnseenKeyCheck;
import io.longcast.logs.template.Template;
import io.longcast.settings.SettingException;
import io.longcast.testing.SharedSession;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sessions that are too rare to be kept are normal all the same. */
class LogTrainStageTest {
  private static final List<Template> TEMPLATES =
      List.of(
          new Template("boot", 9),
          new Template("work", 8),
          new Template("sleep", 7),
          new Template("repair", 6),
          new Template("scan", 5));
  private static final int COMMON = 120;

  /** The network is not what is looked at. */
  private static final KeyTrainer UNTRAINED =
      (normal, stage) ->
          new KeyLanguageModel(
              LogSpecs.MODEL, normal.keys(), new float[LogSpecs.MODEL.parameters(normal.keys())]);

  private final SparkSession spark = SharedSession.get();

  /** Two forms of session are common; one repairs, and nine scan, each longer than the last. */
  private static List<String> sessions() {
    List<String> sessions = new ArrayList<>();
    for (int i = 0; i < COMMON; i++) {
      sessions.add(i % 3 == 0 ? "boot sleep" : "boot work sleep");
    }
    sessions.add("boot repair sleep");
    for (int scans = 1; scans < 10; scans++) {
      sessions.add("boot" + " scan".repeat(scans) + " work sleep");
    }
    return sessions;
  }

  private Dataset<Row> lines(List<String> sessions, int partitions) {
    List<Row> rows = new ArrayList<>();
    for (int s = 0; s < sessions.size(); s++) {
      String[] words = sessions.get(s).split(" ");
      for (int i = 0; i < words.length; i++) {
        rows.add(
            RowFactory.create(
                "file",
                (long) rows.size(),
                new Timestamp(1000L * s + (words.length == 12 ? 50L : 10L) * i),
                null,
                null,
                null,
                "s" + s,
                words[i],
                words[i],
                1,
                null,
                null,
                0,
                true));
      }
    }
    return spark.createDataFrame(rows, LogReadStage.SCHEMA).repartition(partitions);
  }

  private SequenceModel learned(List<String> sessions, int partitions, int kept) {
    LogSpec base = LogSpecs.spec();
    LogSpec spec =
        new LogSpec(
            base.paths(),
            Optional.empty(),
            base.files(),
            base.lines(),
            base.templates(),
            base.templatesFrom(),
            new SequenceSpec(0.2, 2, 10, 5, kept),
            base.model(),
            base.timeout(),
            base.endPattern(),
            base.options(),
            base.kafka(),
            base.values(),
            base.valuesBy(),
            base.generate());
    return LogTrainStage.sequences(lines(sessions, partitions), TEMPLATES, spec, UNTRAINED);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7})
  void keysPairsAndLengthsAreThoseOfAllSessions(int partitions) {
    SequenceModel model = learned(sessions(), partitions, 2);
    assertThat(model.normal().kept().counts()).containsExactly(80, 40);
    assertThat(model.normal().leftOut()).isEqualTo(10);
    SequenceModel free = learned(sessions(), 3, 1000);
    assertThat(free.normal().leftOut()).isZero();
    assertThat(model.normal().all())
        .usingRecursiveComparison()
        .isEqualTo(free.normal().all())
        .isEqualTo(SessionTotals.of(free.normal().kept()));
    assertThat(model.normal().all().keyOwners()).as("only one session repairs").isOne();
    assertThat(model.normal().all().pairOwners()).as("it alone has pairs of its own").isOne();
    assertThat(model.normal().longestGaps()).isEqualTo(free.normal().longestGaps());
    assertThat(model.normal().longestGaps())
        .as("boot work, and work sleep, slowest in a session that is not kept")
        .isEqualTo(Map.of(1, 10L, 7, 50L));
  }

  @Test
  void aKeyOfARareSessionIsNotUnseen() {
    SequenceModel model = learned(sessions(), 2, 2);
    int[] repaired = {0, 3, 2};
    assertThat(UnseenKeyCheck.fit(model.normal().kept()).check(repaired))
        .as("by the kept sessions alone it is")
        .isPresent();
    assertThat(model.unseen().check(repaired)).isEmpty();
    assertThat(model.unseen().chance()).isEqualTo(2.0 / 131);
    assertThat(model.pairs().check(repaired)).isEmpty();
    assertThat(model.normal().all().longest()).isEqualTo(12);
    assertThat(model.counts().isOn()).as("ten vectors may be new, 8 % of the sessions").isFalse();
    assertThat(learned(sessions(), 2, 1000).counts().isOn()).isTrue();
  }

  @Test
  void linesOfNoTemplateAreCountedAndTheirSessionsLeftOut() {
    List<String> sessions = sessions();
    sessions.add("boot what sleep");
    sessions.add("boot what now");
    SequenceModel model = learned(sessions, 2, 100);
    assertThat(model.normal().unmatchedLines()).isEqualTo(3);
    assertThat(model.normal().all().sessions()).isEqualTo(COMMON + 10);
  }

  @Test
  void saysWhyNoSessionCanBeLearnedFrom() {
    assertThatThrownBy(() -> learned(List.of("what now"), 1, 10))
        .isInstanceOf(SettingException.class)
        .hasMessageContaining("no session can be learned from, of lines read 2 = in sessions 2")
        .hasMessageContaining("each has a line that fits no template")
        .hasMessageContaining("logs.templatesFrom");
  }
}
