package io.longcast.metrics;

import com.codahale.metrics.MetricRegistry;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.apache.spark.api.plugin.DriverPlugin;
import org.apache.spark.api.plugin.ExecutorPlugin;
import org.apache.spark.api.plugin.PluginContext;
import org.apache.spark.api.plugin.SparkPlugin;

/**
 * Publishes the figures of Longcast as metrics of Spark: {@code
 * spark.plugins=io.longcast.metrics.LongcastPlugin}, or {@link #into} before the session is made.
 * They are in every sink of Spark's metrics system, with {@code driver.plugin} and the name of this
 * class before the name of the figure.
 */
public final class LongcastPlugin implements SparkPlugin {
  private static final String PLUGINS = "spark.plugins";
  private static final String LISTENERS = "spark.sql.streaming.streamingQueryListeners";
  private static final String SERVLET = "spark.metrics.conf.driver.sink.prometheusServlet.";

  /**
   * Adds the plugin to the settings of a session to be. The namespace of metrics, by default the id
   * of the application, becomes {@code longcast}, so that names are the same in every run, and the
   * driver's web page, if there is one, shows metrics at {@code /metrics/prometheus}. What is set
   * already stays.
   */
  public static void into(SparkConf conf) {
    add(conf, PLUGINS, LongcastPlugin.class);
    conf.setIfMissing("spark.metrics.namespace", "longcast");
    conf.setIfMissing(SERVLET + "class", "org.apache.spark.metrics.sink.PrometheusServlet");
    conf.setIfMissing(SERVLET + "path", "/metrics/prometheus");
  }

  private static void add(SparkConf conf, String key, Class<?> type) {
    String there = conf.get(key, "");
    if (!there.contains(type.getName())) {
      conf.set(key, there.isEmpty() ? type.getName() : there + "," + type.getName());
    }
  }

  @Override
  public DriverPlugin driverPlugin() {
    return new DriverPlugin() {
      @Override
      public Map<String, String> init(SparkContext context, PluginContext plugin) {
        add(plugin.conf(), LISTENERS, StreamListener.class);
        return Map.of();
      }

      @Override
      public void registerMetrics(String application, PluginContext plugin) {
        RunCounter.values();
        publish(Registries.DRIVER, plugin);
      }
    };
  }

  @Override
  public ExecutorPlugin executorPlugin() {
    return new ExecutorPlugin() {
      @Override
      public void init(PluginContext plugin, Map<String, String> more) {
        TaskCounter.values();
        publish(Registries.EXECUTOR, plugin);
      }
    };
  }

  /** A registry within another one passes on what is added to it later. */
  private static void publish(MetricRegistry figures, PluginContext plugin) {
    plugin.metricRegistry().register("", figures);
  }
}
