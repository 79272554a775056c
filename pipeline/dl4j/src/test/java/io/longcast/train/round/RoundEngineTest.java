package io.longcast.train.round;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longcast.testing.SharedSession;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.spark.SparkConf;
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

  @Test
  void aStageOfAllRoundsGivesWhatJobsGiveAndRunsOneJob() {
    ShardTask<Integer> hash =
        (call, partition) -> new byte[] {(byte) Arrays.hashCode(call.input()), (byte) call.shard()};
    ShardTask<Integer> other = (call, partition) -> new byte[] {(byte) (call.shard() + 1)};
    for (int shards : new int[] {1, 2, 7, 40}) {
      JavaRDD<Integer> data = spark().parallelize(numbers(shards), shards);
      try (RoundEngine<Integer> engine = new RoundEngine<>(spark(), data)) {
        byte[][] inputs = {new byte[0], {1, 2, 3}, new byte[3 << 20]};
        List<List<byte[]>> expected = new ArrayList<>();
        for (byte[] input : inputs) {
          expected.add(engine.run(hash, input));
          expected.add(engine.run(other, input));
        }
        assertThat(RoundStage.isAtWork(spark())).isFalse();
        engine.stay(RoundMode.STAGE, List.of(other, hash));
        assertThat(RoundStage.isAtWork(spark())).isTrue();
        List<List<byte[]>> found = new ArrayList<>();
        for (byte[] input : inputs) {
          found.add(engine.run(hash, input));
          found.add(engine.run(other, input));
        }
        for (int i = 0; i < found.size(); i++) {
          assertThat(found.get(i)).containsExactlyElementsOf(expected.get(i));
        }
        assertThat(activeJobs()).hasSize(1);
      }
      assertThat(activeJobs()).isEmpty();
    }
  }

  @Test
  void aFailureInAStageIsThrownAndLeavesNothingRunning() {
    ShardTask<Integer> failing =
        (call, partition) -> {
          throw new IllegalStateException("shard " + call.shard() + " is ill");
        };
    JavaRDD<Integer> data = spark().parallelize(numbers(5), 5);
    try (RoundEngine<Integer> engine = new RoundEngine<>(spark(), data)) {
      engine.stay(RoundMode.STAGE, List.of(failing));
      assertThatThrownBy(() -> engine.run(failing, new byte[0])).hasMessageContaining("is ill");
    }
    assertThat(activeJobs()).isEmpty();
  }

  @Test
  void theRuleTakesAStageWhereTheCoresAreKnownAndNobodySharesThem() {
    SparkConf plain = new SparkConf(false);
    assertThat(rule(plain, 8)).isEqualTo(RoundMode.STAGE);
    assertThat(rule(plain, 33)).isEqualTo(RoundMode.JOB);
    for (String setting :
        List.of(
            "spark.dynamicAllocation.enabled",
            "spark.authenticate",
            "spark.ssl.enabled",
            "spark.speculation")) {
      assertThat(rule(plain.clone().set(setting, "true"), 8)).as(setting).isEqualTo(RoundMode.JOB);
    }
    assertThat(rule(plain.clone().set("spark.scheduler.mode", "FAIR"), 8)).isEqualTo(RoundMode.JOB);
    assertThat(RoundRule.of(RoundMode.AUTO, plain, 2, 8, true).mode()).isEqualTo(RoundMode.JOB);
    SparkConf shared = plain.clone().set("spark.scheduler.mode", "FAIR");
    assertThat(RoundRule.of(RoundMode.STAGE, shared, 2, 8, true).mode()).isEqualTo(RoundMode.STAGE);
  }

  private static int[] activeJobs() {
    try {
      spark().sc().listenerBus().waitUntilEmpty();
    } catch (java.util.concurrent.TimeoutException e) {
      throw new IllegalStateException(e);
    }
    return spark().sc().statusTracker().getActiveJobIds();
  }

  private static RoundMode rule(SparkConf conf, int shards) {
    return RoundRule.of(RoundMode.AUTO, conf, 2, shards, false).mode();
  }
}
