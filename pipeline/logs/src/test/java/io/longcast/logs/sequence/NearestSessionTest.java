package io.longcast.logs.sequence;

import static org.assertj.core.api.Assertions.assertThat;

import io.longcast.logs.sequence.NearestSession.Edit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NearestSessionTest {
  private static final int[] COMMON = {0, 1, 2, 3};
  private static final int[] LONG = {0, 1, 1, 1, 1, 2, 3};
  private static final NearestSession NORMAL =
      NearestSession.of(new SessionSet(List.of(LONG, COMMON), new long[] {3, 90}, 5), 10);

  private static int[] keys(int... keys) {
    return keys;
  }

  @Test
  void marksWhatIsMissingAndWhatIsExtra() {
    assertThat(NORMAL.edits(COMMON)).isEmpty();
    assertThat(NORMAL.edits(keys(0, 1, 3))).containsExactly(new Edit(2, 2, false));
    assertThat(NORMAL.edits(keys(0, 1, 2))).as("its end").containsExactly(new Edit(3, 3, false));
    assertThat(NORMAL.edits(keys(0, 1, 4, 2, 3))).containsExactly(new Edit(2, 4, true));
    assertThat(NORMAL.edits(keys(0, 1, 3, 2))).as("an order is one of each").hasSize(2);
    assertThat(NORMAL.edits(keys(0, SessionSet.UNSEEN, 1, 2, 3)))
        .containsExactly(new Edit(1, SessionSet.UNSEEN, true));
  }

  @Test
  void theNearestIsTakenAndTheMostFrequentOfEquals() {
    assertThat(NORMAL.edits(keys(0, 1, 1, 1, 2, 3))).as("of the long one").hasSize(1);
    NearestSession twice =
        NearestSession.of(
            new SessionSet(List.of(keys(0, 4), keys(0, 2)), new long[] {1, 7}, 5), 10);
    assertThat(twice.edits(keys(0))).containsExactly(new Edit(1, 2, false));
    NearestSession one =
        NearestSession.of(new SessionSet(List.of(LONG, COMMON), new long[] {3, 90}, 5), 1);
    assertThat(one.candidates()).containsExactly(COMMON);
  }

  @Test
  void itsEditsTurnTheSessionIntoANormalOne() {
    Random random = new Random(2);
    for (int i = 0; i < 300; i++) {
      int[] session = random.ints(1 + random.nextInt(9), -1, 5).toArray();
      List<Integer> mended = new ArrayList<>();
      List<Edit> edits = NORMAL.edits(session);
      for (int at = 0; at <= session.length; at++) {
        int here = at;
        edits.stream()
            .filter(edit -> !edit.extra() && edit.position() == here)
            .forEach(edit -> mended.add(edit.key()));
        if (at < session.length && !edits.contains(new Edit(at, session[at], true))) {
          mended.add(session[at]);
        }
      }
      int[] result = mended.stream().mapToInt(Integer::intValue).toArray();
      assertThat(result.length == COMMON.length ? COMMON : LONG).isEqualTo(result);
    }
  }
}
