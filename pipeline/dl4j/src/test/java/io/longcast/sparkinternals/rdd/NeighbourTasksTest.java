package io.longcast.sparkinternals.rdd;

import static org.assertj.core.api.Assertions.assertThat;

import io.longcast.testing.SharedSession;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("once")
class NeighbourTasksTest {

  @Test
  void dividesPartitionsEvenly() {
    int[] sizes = new int[7];
    for (int task = 0; task < sizes.length; task++) {
      sizes[task] = NeighbourTasks.from(task + 1, 7, 40) - NeighbourTasks.from(task, 7, 40);
    }

    assertThat(sizes).containsExactly(5, 6, 6, 5, 6, 6, 6);
  }

  @Test
  void bringsResultsInTheOrderOfThePartitionsWithTheInputThatTravels() {
    JavaSparkContext spark = JavaSparkContext.fromSparkContext(SharedSession.get().sparkContext());
    JavaRDD<Integer> data = spark.parallelize(IntStream.range(0, 5).boxed().toList(), 5);
    JavaRDD<byte[]> results =
        NeighbourTasks.over(
            data,
            2,
            (partition, values, along) ->
                new byte[] {(byte) partition, values.next().byteValue(), along[0]},
            new byte[] {9});

    List<byte[]> found = NeighbourTasks.collect(results);

    assertThat(results.getNumPartitions()).isEqualTo(2);
    assertThat(found).hasSize(5);
    for (int partition = 0; partition < 5; partition++) {
      assertThat(found.get(partition)).containsExactly(partition, partition, 9);
    }
  }
}
