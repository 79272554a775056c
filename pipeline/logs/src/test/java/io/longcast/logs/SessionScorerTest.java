package io.longcast.logs;

import static org.assertj.core.api.Assertions.assertThat;

import io.longcast.logs.language.KeyLanguageModel;
import io.longcast.logs.language.RankCheck;
import io.longcast.logs.sequence.GapCheck;
import io.longcast.logs.sequence.NormalSessions;
import io.longcast.logs.sequence.SessionFinding;
import io.longcast.logs.sequence.SessionSet;
import io.longcast.logs.sequence.SessionTotals;
import io.longcast.logs.template.Template;
import io.longcast.state.StateFormat;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A session scored in pieces has the same result as a whole one. */
class SessionScorerTest {
  static final int KEYS = 4;
  static final int[] NORMAL = {0, 1, 2, 1, 3};
  static final List<Template> TEMPLATES =
      List.of(
          new Template("boot", 4),
          new Template("work <*>", 3),
          new Template("send", 2),
          new Template("sleep", 1));

  /** Also with an untrained language model: only equality matters. */
  static SequenceModel model(boolean byCounts) {
    RankCheck ranks =
        new RankCheck(new KeyLanguageModel(LogSpecs.MODEL, KEYS, parameters()), 2, 0.15, 0.01);
    SessionSet kept = new SessionSet(List.of(NORMAL), new long[] {5000}, KEYS);
    return SequenceModel.of(
        LogSpecs.SEQUENCES,
        new NormalSessions(kept, SessionTotals.of(kept), Map.of(1, 100L), 0),
        ranks,
        new SequenceModel.Choice(byCounts, 0, 0, 0, 0, 0, 0, 1));
  }

  static LogModel logModel() {
    return new LogModel(LogSpecs.spec().templates(), TEMPLATES, model(false));
  }

  private static float[] parameters() {
    Random random = new Random(5);
    float[] parameters = new float[LogSpecs.MODEL.parameters(KEYS)];
    for (int i = 0; i < parameters.length; i++) {
      parameters[i] = (float) (0.3 * random.nextGaussian());
    }
    return parameters;
  }

  private static List<int[]> sessions() {
    Random random = new Random(1);
    List<int[]> sessions = new ArrayList<>(List.of(NORMAL, new int[0], new int[] {-1}));
    for (int i = 0; i < 200; i++) {
      int length = i % 10 == 0 ? 700 : 1 + random.nextInt(12);
      sessions.add(random.ints(length, -1, KEYS).toArray());
      sessions.add(NORMAL);
    }
    return sessions;
  }

  private static long[] times(int length) {
    long[] millis = new long[length];
    Random random = new Random(length);
    for (int i = 1; i < length; i++) {
      millis[i] = millis[i - 1] + random.nextInt(400);
    }
    return millis;
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aSessionInPiecesIsJudgedAsItIsWhole(boolean byCounts) {
    SequenceModel model = model(byCounts);
    Set<Optional<SessionFinding>> said = new HashSet<>();
    try (SessionScorer whole = new SessionScorer(model);
        SessionScorer first = new SessionScorer(model);
        SessionScorer second = new SessionScorer(model)) {
      for (int[] keys : sessions()) {
        long[] millis = times(keys.length);
        Optional<SessionFinding> expected = whole.check(keys, millis);
        OpenSession open = first.open();
        for (int i = 0; i < keys.length; i++) {
          if (i == keys.length / 2) {
            open = copied(open, second);
          }
          (i < keys.length / 2 ? first : second).add(open, keys[i], millis[i]);
        }
        assertThat(second.close(open)).as(Arrays.toString(keys)).isEqualTo(expected);
        said.add(expected);
      }
    }
    assertThat(said)
        .as("different things are found, the test is not trivial")
        .hasSizeGreaterThan(5);
  }

  @Test
  void batchAndStreamSayTheSameOfTheLanguageModel() {
    SequenceModel model = model(false);
    List<int[]> sessions = sessions();
    List<Optional<SessionFinding>> batch = model.ranks().checkAll(sessions);
    SequenceModel ranksAlone =
        new SequenceModel(
            model.spec(),
            model.shares(),
            model.normal(),
            model.unseen(),
            model.counts(),
            null,
            null,
            new GapCheck(Map.of(), KEYS, 0.01, 0.001),
            model.nearest(),
            model.ranks(),
            model.choice());
    try (SessionScorer scorer = new SessionScorer(ranksAlone)) {
      for (int i = 0; i < sessions.size(); i++) {
        int[] keys = sessions.get(i);
        if (Arrays.stream(keys).allMatch(key -> key >= 0)) {
          Optional<SessionFinding> found = scorer.check(keys, new long[keys.length]);
          assertThat(found.map(SessionFinding::position))
              .isEqualTo(batch.get(i).map(SessionFinding::position));
        }
      }
    }
  }

  @Test
  void noRankLimitAllowsAKeyThatNoNormalSessionHas() {
    RankCheck all =
        new RankCheck(new KeyLanguageModel(LogSpecs.MODEL, KEYS, parameters()), 100, 0, 0.01);
    assertThat(all.check(new int[] {0, 1, 2})).isEmpty();
    assertThat(all.check(new int[] {0, SessionSet.UNSEEN}))
        .get()
        .extracting(SessionFinding::position)
        .isEqualTo(1);
  }

  @Test
  void whatIsKeptOfAnOpenSessionDoesNotGrowWithIt() {
    for (boolean byCounts : new boolean[] {true, false}) {
      try (SessionScorer scorer = new SessionScorer(model(byCounts))) {
        OpenSession session = scorer.open();
        int[] size = new int[2];
        for (int i = 0; i < 20_000; i++) {
          scorer.add(session, i % KEYS, i);
          if (i == OpenSession.REMEMBERED) {
            size[0] = bytes(session).length;
          }
        }
        size[1] = bytes(session).length;
        assertThat(size[1]).isEqualTo(size[0]);
      }
    }
  }

  private static final StateFormat SESSION = new StateFormat("session", 1, "");

  private static byte[] bytes(OpenSession session) {
    return SESSION.write(session::fields);
  }

  private static OpenSession copied(OpenSession session, SessionScorer scorer) {
    return SESSION.read(
        bytes(session),
        fields -> {
          OpenSession copy = scorer.open();
          copy.fields(fields);
          return copy;
        });
  }
}
