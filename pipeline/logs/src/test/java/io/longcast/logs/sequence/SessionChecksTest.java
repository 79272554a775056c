package io.longcast.logs.sequence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SessionChecksTest {
  private static final SessionSet NORMAL =
      SessionSet.of(List.of(keys(0, 1, 2), keys(0, 2, 1), keys(0, 1, 1, 2), keys(0, 1, 2)), 4);

  private static int[] keys(int... keys) {
    return keys;
  }

  @Test
  void countsEqualSessions() {
    assertThat(NORMAL.sequences()).hasSize(3);
    assertThat(NORMAL.total()).isEqualTo(4);
    assertThat(NORMAL.counts()).containsExactly(1, 2, 1);
    assertThat(NORMAL.plus(NORMAL).total()).isEqualTo(8);
    assertThatThrownBy(() -> SessionSet.of(List.of(keys(4)), 4)).hasMessageContaining("found 4");
  }

  @Test
  void anUnseenKeyIsFoundWhereItStands() {
    SessionCheck check = UnseenKeyCheck.fit(NORMAL);
    assertThat(check.check(keys(0, 1, 3))).get().extracting("position").isEqualTo(2);
    assertThat(check.check(keys(0, SessionSet.UNSEEN))).isPresent();
    assertThat(check.check(keys(2, 1, 0))).isEmpty();
  }

  @Test
  void lengthAndPairsAreBaselines() {
    assertThat(LengthCheck.fit(NORMAL).check(keys(0, 1))).isPresent();
    assertThat(LengthCheck.fit(NORMAL).check(keys(3, 3, 3))).isEmpty();
    SessionCheck pairs = TwoGramCheck.fit(NORMAL);
    assertThat(pairs.check(keys(0, 1, 1, 1, 2))).as("1 1 is normal").isEmpty();
    assertThat(pairs.check(keys(0, 2, 2))).get().extracting("position").isEqualTo(2);
    assertThat(pairs.check(keys(0))).get().extracting("position").as("the end").isEqualTo(1);
    assertThat(pairs.check(keys(1, 2))).get().extracting("position").as("the start").isEqualTo(0);
  }

  private static List<int[]> manySessions() {
    List<int[]> sessions = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      int[] session = new int[3 + i % 2 + i * 7 % 101];
      java.util.Arrays.fill(session, 2);
      session[0] = 0;
      session[1] = 1;
      session[2] = 1;
      if (i % 2 == 1) {
        session[3] = 3;
      }
      sessions.add(session);
    }
    return sessions;
  }

  @Test
  void aKeyThatVariesFreelyIsHeldToItsRangeOnly() {
    CountVectorCheck check =
        CountVectorCheck.fit(SessionSet.of(manySessions(), 4), new CountVectorSpec(0.01, 2));
    assertThat(check.comparedKeys()).isEqualTo(3);
    assertThat(check.check(keys(0, 1, 1, 3))).isEmpty();
    assertThat(check.check(keys(0, 1, 3, 1, 1)))
        .get()
        .extracting("check", "position")
        .containsExactly(CountVectorCheck.NAME, 4);
    assertThat(check.check(keys(0, 1, 3, 1, 1)).orElseThrow().reason())
        .hasToString("key 1 3 times instead of 2");
    assertThat(check.check(keys(0, 1, 3, 1, 1)).orElseThrow().reason().text(key -> "<" + key + ">"))
        .isEqualTo("<1> 3 times instead of 2");
    assertThat(check.check(keys(0, 1, 3))).get().extracting("position").as("missing").isEqualTo(3);
    int[] long2 = new int[403];
    java.util.Arrays.fill(long2, 2);
    long2[0] = 0;
    long2[1] = 1;
    long2[2] = 1;
    assertThat(check.check(long2)).get().extracting("reason").asString().contains("400 times");
  }

  @Test
  void theScoreIsTheShareOfNormalSessionsThatShowNoSuchThing() {
    SessionSet once = new SessionSet(List.of(keys(0, 1), keys(0, 2)), new long[] {98, 1}, 4);
    assertThat(UnseenKeyCheck.fit(once).check(keys(0, 3)))
        .get()
        .extracting(SessionFinding::score)
        .as("one key of 99 sessions was seen once")
        .isEqualTo(0.98);
    assertThat(new SessionFinding("any", 0, "", 3).score()).isZero();
  }

  @Test
  void aSessionWithMuchOfItsOwnCountsOnce() {
    int[] odd = java.util.stream.IntStream.range(2, 42).toArray();
    SessionSet normal = new SessionSet(List.of(keys(0, 1), odd), new long[] {98, 1}, 42);
    assertThat(UnseenKeyCheck.fit(normal).chance()).isEqualTo(0.02);
    assertThat(SessionTotals.of(normal).newPairRate()).isEqualTo(0.02);
    SessionSet alone = new SessionSet(List.of(odd), new long[] {1}, 42);
    assertThat(TwoGramCheck.fit(alone).chance()).as("no more than all").isEqualTo(1);
  }

  @Test
  void gapsMayBeExceededByWhatTheBudgetGrants() {
    SessionSet kept = new SessionSet(List.of(keys(0, 1)), new long[] {99}, 2);
    NormalSessions normal = new NormalSessions(kept, SessionTotals.of(kept), Map.of(1, 1000L), 0);
    GapCheck few = GapCheck.of(normal, 0.0025);
    assertThat(few.factor()).as("one pair in 100 sessions: sqrt(.01 / .0025)").isEqualTo(2);
    assertThat(few.check(1, 0, 1, 2000)).isEmpty();
    assertThat(few.check(1, 0, 1, 2001)).get().extracting("check", "position").contains("gap", 1);
    assertThat(few.check(1, 0, 1, 10_000).orElseThrow().chance()).isCloseTo(1e-4, within(1e-9));
    assertThat(GapCheck.of(normal, 0.5).factor()).isEqualTo(1);
    assertThat(GapCheck.of(normal, 0).check(1, 0, 1, Long.MAX_VALUE)).as("no budget").isEmpty();
  }

  @Test
  void withTooFewSessionsForTheBudgetTheCheckIsOff() {
    CountVectorCheck check = CountVectorCheck.fit(NORMAL, new CountVectorSpec(0.001, 2));
    assertThat(check.isOn()).isFalse();
    assertThat(check.check(keys(3, 3, 3, 3))).isEmpty();
  }

  @Test
  void theOrderOfTheSessionsDoesNotMatter() {
    List<int[]> sessions = manySessions();
    SessionSet first = SessionSet.of(sessions, 4);
    Collections.shuffle(sessions, new Random(1));
    assertThat(SessionSet.of(sessions, 4).sequences())
        .usingRecursiveComparison()
        .isEqualTo(first.sequences());
  }

  @Test
  void readsSessionsWithAndWithoutTheirName() {
    KeySessionFile file = KeySessionFile.read(Stream.of("blk_1,5 6", "7 5 ", ""));
    assertThat(file.sessions()).containsExactly(keys(5, 6), keys(7, 5));
    assertThat(file.keys()).isEqualTo(8);
    assertThatThrownBy(() -> KeySessionFile.read(Stream.of("a b"))).hasMessageContaining("a b");
  }
}
