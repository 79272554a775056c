package io.longcast.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.codahale.metrics.MetricRegistry;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;

class RunMetricsTest {
  private final MetricRegistry sink = new MetricRegistry();

  RunMetricsTest() {
    sink.register("", Registries.DRIVER);
  }

  private Object gauge(String name) {
    return sink.getGauges().get(name).getValue();
  }

  @Test
  void figuresThatComeLaterReachARegistryThatIsPublished() {
    RunMetrics.addSeconds("a stage", 1.5);
    RunMetrics.addSeconds("a stage", 0.5);
    RunMetrics.show("test_figure", 3);
    RunMetrics.show("test_figure", 4);
    assertThat(gauge("seconds_a_stage")).isEqualTo(2.0);
    assertThat(gauge("test_figure")).isEqualTo(4.0);
    RunMetrics.hide("test_figure");
    assertThat(sink.getNames()).doesNotContain("test_figure").contains("seconds_a_stage");
  }

  @Test
  void streamsOfOneDriverAreAddedUp() {
    AtomicLong one = new AtomicLong(2);
    RunMetrics.sum("sum_of_two", one::get);
    RunMetrics.sum("sum_of_two", () -> 5);
    one.set(10);
    assertThat(gauge("sum_of_two")).isEqualTo(15L);
  }

  @Test
  void thePluginStandsBesideThoseOfTheUser() {
    SparkConf conf = new SparkConf(false).set("spark.plugins", "org.example.Other");
    LongcastPlugin.into(conf);
    LongcastPlugin.into(conf);
    assertThat(conf.get("spark.plugins"))
        .isEqualTo("org.example.Other," + LongcastPlugin.class.getName());
    assertThat(conf.get("spark.metrics.namespace")).isEqualTo("longcast");
  }
}
