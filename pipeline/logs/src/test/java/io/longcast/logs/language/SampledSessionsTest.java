package io.longcast.logs.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.longcast.logs.sequence.SessionSet;
import io.longcast.window.WindowBatch;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SampledSessionsTest {
  private static final int[] RARE = {2};
  private static final SessionSet NORMAL =
      new SessionSet(List.of(new int[] {0, 1, 0}, RARE), new long[] {900, 1}, 3);

  private static double shareOfRare(SampledSessions sampled, int steps) {
    WindowBatch batch = sampled.newBatch(50, NORMAL.longest());
    long rare = 0;
    for (int step = 0; step < steps; step++) {
      sampled.fill(batch, step);
      for (int window = 0; window < batch.size(); window++) {
        int[] session = SessionBatches.read(batch, window);
        rare += session.length == 1 && session[0] == 2 ? 1 : 0;
      }
    }
    return rare / (50.0 * steps);
  }

  @Test
  void distinctSessionsAreDrawnByTheRootOfTheirCounts() {
    assertThat(shareOfRare(new SampledSessions(NORMAL, 1), 400))
        .as("1 to 30, not 1 to 900 and not 1 to 1")
        .isCloseTo(1 / 31.0, within(0.006));
  }

  @Test
  void aStepDrawsTheSameWhenItIsRepeated() {
    SampledSessions first = new SampledSessions(NORMAL, 7);
    WindowBatch batch = first.newBatch(64, 3);
    first.fill(batch, 5);
    List<List<Integer>> drawn = read(batch);
    first.fill(batch, 6);
    assertThat(read(batch)).isNotEqualTo(drawn);
    new SampledSessions(NORMAL, 7).fill(batch, 5);
    assertThat(read(batch)).isEqualTo(drawn);
  }

  private static List<List<Integer>> read(WindowBatch batch) {
    return IntStream.range(0, batch.size())
        .mapToObj(window -> Arrays.stream(SessionBatches.read(batch, window)).boxed().toList())
        .toList();
  }
}
