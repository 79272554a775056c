package io.longcast.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.longcast.testing.SharedSession;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;

class SparkTimesTest {
  @Test
  void countsASecondInWhichTwoTasksComputeOnce() {
    assertThat(
            SparkTimes.covered(
                List.of(
                    new long[] {50, 60},
                    new long[] {0, 10},
                    new long[] {5, 20},
                    new long[] {6, 8},
                    new long[] {20, 21})))
        .isEqualTo(31);
    assertThat(SparkTimes.covered(List.of())).isZero();
  }

  @Test
  void seesTheTasksOfAJobAndNoneAfterItsEnd() {
    SparkSession spark = SharedSession.get();
    SparkTimes times = SparkTimes.watch(spark);
    spark.range(0, 1000, 1, 3).javaRDD().foreachPartition(rows -> Thread.sleep(120));
    SparkTimes.Seen seen = times.stop();
    assertThat(seen.jobs()).isEqualTo(1);
    assertThat(seen.tasks()).isEqualTo(3);
    assertThat(seen.computing()).isBetween(0.12, seen.wall());
    assertThat(seen.overhead()).isEqualTo(seen.session() + seen.wall() - seen.computing());
    spark.range(0, 10, 1, 1).count();
    assertThat(times.stop().tasks()).isEqualTo(3);
    assertThat(seen.line()).startsWith("Spark: 3 tasks in 1 jobs; ");
  }
}
