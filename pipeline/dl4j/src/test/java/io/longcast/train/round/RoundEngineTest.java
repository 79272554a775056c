package io.longcast.train.round;

import static org.assertj.core.api.Assertions.assertThat;

import io.longcast.testing.SharedSession;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;

class RoundEngineTest {
  private static final ShardTask<Integer> ECHO =
      (call, partition) -> new byte[] {(byte) call.shard(), partition.next().byteValue()};

  private static JavaSparkContext spark() {
    return JavaSparkContext.fromSparkContext(SharedSession.get().sparkContext());
  }

  private static List<Integer> numbers(int count) {
    return IntStream.range(0, count).boxed().toList();
  }

  @Test
  void everyShardRunsOnceAndResultsComeInShardOrder() {
    for (int shards : new int[] {1, 2, 7, 40}) {
      JavaRDD<Integer> data = spark().parallelize(numbers(shards), shards);
      try (RoundEngine<Integer> engine = new RoundEngine<>(spark(), data)) {
        List<byte[]> expected = new ArrayList<>();
        numbers(shards)
            .forEach(shard -> expected.add(new byte[] {shard.byteValue(), shard.byteValue()}));

        assertThat(engine.run(ECHO, new byte[0])).containsExactlyElementsOf(expected);
      }
    }
  }

  @Test
  void aSmallInputTravelsWithTheTasksAndALargeOneIsBroadcast() {
    ShardTask<Integer> hash =
        (call, partition) -> new byte[] {(byte) Arrays.hashCode(call.input()), (byte) call.shard()};
    for (int length : new int[] {1000, 3 << 20}) {
      byte[] input = new byte[length];
      new Random(1).nextBytes(input);
      JavaRDD<Integer> data = spark().parallelize(numbers(9), 9);
      try (RoundEngine<Integer> engine = new RoundEngine<>(spark(), data)) {
        List<byte[]> results = engine.run(hash, input);

        assertThat(results).hasSize(9);
        for (int shard = 0; shard < 9; shard++) {
          assertThat(results.get(shard)).containsExactly(Arrays.hashCode(input), shard);
        }
      }
    }
  }
}
