package io.longcast.read;

import static org.apache.spark.sql.functions.substring;
import static org.apache.spark.sql.functions.to_json;

import io.longcast.files.FolderSystem;
import io.longcast.settings.SettingException;
import io.longcast.sparkinternals.SparkBuild;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.avro.functions;

/** Messages of Avro as JSON, as which they are read. Needs spark-avro. */
public final class AvroMessages {
  /** What a message becomes that is no record of the schema. */
  static final String NOTHING = "{}";

  private static final int MAX_SCHEMA = 1 << 20;

  private AvroMessages() {}

  /**
   * The JSON of a message; of a number the digits that give it back.
   *
   * @param value the bytes
   */
  static Column json(Column value, KafkaSpec spec, Configuration hadoop) {
    requireAvro("source.kafka.payload");
    Column record =
        spec.avroHeader() == 0 ? value : substring(value, spec.avroHeader() + 1, Integer.MAX_VALUE);
    return to_json(
        functions.from_avro(
            record, schema(spec.avroSchema().orElseThrow(), hadoop), Map.of("mode", "PERMISSIVE")),
        Map.of("timestampFormat", "yyyy-MM-dd'T'HH:mm:ss.SSSSSSXXX", "ignoreNullFields", "true"));
  }

  /** The text itself, or that of the file it names. */
  private static String schema(String declared, Configuration hadoop) {
    if (declared.strip().startsWith("{")) {
      return declared;
    }
    Path file = new Path(declared);
    FolderSystem files = FolderSystem.of(hadoop, file);
    if (!files.exists(file)) {
      throw new SettingException(
          "source.kafka.avroSchema",
          "expected a schema in JSON, or the path of a file with one, found " + declared);
    }
    return files.text(file, MAX_SCHEMA);
  }

  /**
   * Refuses Avro where Spark's package for it is not on the class path.
   *
   * @param key of the setting that asks for it
   */
  public static void requireAvro(String key) {
    ClassLoader loader = Thread.currentThread().getContextClassLoader();
    if (loader.getResource("org/apache/spark/sql/avro/functions.class") == null) {
      throw new SettingException(
          List.of(key),
          "Avro needs Spark's package for it on the class path (spark-submit --packages "
              + SparkBuild.avroPackage()
              + ")");
    }
  }
}
