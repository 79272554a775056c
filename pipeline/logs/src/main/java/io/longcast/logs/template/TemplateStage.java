package io.longcast.logs.template;

import io.longcast.sparkinternals.rdd.TaskResults;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.function.FlatMapFunction;
import scala.Tuple2;

/** Learns templates from lines on the executors. */
public final class TemplateStage {
  private TemplateStage() {}

  /**
   * The templates of the lines, in canonical order. Two shuffles: one counts the distinct masked
   * lines, one brings those of the same length and first plain word together. The list comes to the
   * driver: it is a part of the model.
   *
   * @param contents of the lines, headers removed
   */
  public static List<Template> learn(JavaRDD<String> contents, TemplateSpec spec) {
    JavaPairRDD<String, Long> counts =
        contents.mapPartitionsToPair(lines -> masked(lines, spec)).reduceByKey(Long::sum);
    FlatMapFunction<Iterable<Tuple2<String, Long>>, Template> cluster =
        group -> cluster(group, spec);
    List<Template> templates =
        new ArrayList<>(
            TaskResults.collect(
                counts
                    .mapToPair(count -> new Tuple2<>(group(count._1()), count))
                    .groupByKey()
                    .values()
                    .flatMap(cluster)));
    templates.sort(Template.CANONICAL);
    return List.copyOf(templates);
  }

  private static Iterator<Tuple2<String, Long>> masked(Iterator<String> lines, TemplateSpec spec) {
    LineTokens tokens = spec.tokens();
    Iterable<String> all = () -> lines;
    return java.util.stream.StreamSupport.stream(all.spliterator(), false)
        .map(tokens::maskedOrBlank)
        .filter(masked -> !masked.isEmpty())
        .map(masked -> new Tuple2<>(masked, 1L))
        .iterator();
  }

  /** Length and first plain word: names of hosts or files before it may vary. */
  static String group(String masked) {
    String[] parts = LineTokens.split(masked);
    for (String part : parts) {
      if (LineTokens.isPlain(part)) {
        return parts.length + " " + part;
      }
    }
    return Integer.toString(parts.length);
  }

  private static Iterator<Template> cluster(
      Iterable<Tuple2<String, Long>> group, TemplateSpec spec) {
    Map<String, Long> counts = new HashMap<>();
    group.forEach(count -> counts.put(count._1(), count._2()));
    return new TemplateClusters(spec).cluster(counts).iterator();
  }
}
