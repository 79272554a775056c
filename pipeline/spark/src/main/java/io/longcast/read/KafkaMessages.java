package io.longcast.read;

import static org.apache.spark.sql.functions.base64;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.from_csv;
import static org.apache.spark.sql.functions.from_json;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import io.longcast.read.text.TextColumns;
import io.longcast.sparkinternals.EngineSession;
import io.longcast.table.ObservationsTable;
import io.longcast.table.ParsedColumns;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Messages of a Kafka topic as records of text; rows with equal times are in the order of their
 * offsets.
 */
final class KafkaMessages {
  private static final String CORRUPT = "_corrupt_record";
  private static final String MESSAGE = "_message";
  private static final String TEXT = "_text";

  /** Options that are the payload's; all others are the connector's. */
  private static final Set<String> PAYLOAD = Set.of("sep", "delimiter", "quote", "escape");

  private final SourceSpec source;

  KafkaMessages(SourceSpec source) {
    KafkaSpec.requireConnector("source.format");
    this.source = source;
  }

  /** All that is in the topic now, or at the offsets of {@code source.options}. */
  OpenSource atRest(SparkSession spark) {
    return opened(spark.read().format(KafkaSpec.FORMAT).options(connector()).load());
  }

  /** What arrives. */
  OpenSource arriving(SparkSession spark) {
    Map<String, String> options = connector();
    options.putIfAbsent("startingOffsets", "earliest");
    return opened(spark.readStream().format(KafkaSpec.FORMAT).options(options).load());
  }

  private Map<String, String> connector() {
    Map<String, String> options = new HashMap<>(source.options());
    options.keySet().removeAll(PAYLOAD);
    options.put("kafka.bootstrap.servers", source.kafka().servers());
    options.put("subscribe", source.kafka().topics());
    return options;
  }

  /**
   * Messages as Spark's connector gives them.
   *
   * @param messages with value, topic, partition and offset
   */
  OpenSource opened(Dataset<Row> messages) {
    Column text = col(TEXT);
    boolean isAvro = source.kafka().payload() == KafkaSpec.Payload.AVRO;
    Column broken = isAvro ? text.equalTo(AvroMessages.NOTHING) : lit(false);
    Column corrupt = col(MESSAGE + "." + CORRUPT);
    List<Column> columns = new ArrayList<>();
    names().forEach(name -> columns.add(col(MESSAGE).getField(name).as(name)));
    columns.add(col("offset").as(ObservationsTable.ROW));
    columns.add(
        concat(col("topic"), lit("/"), col("partition"), lit("@"), col("offset"))
            .as(ParsedColumns.FILE));
    columns.add(lit(0L).as(ParsedColumns.BLOCK));
    columns.add(
        when(broken, base64(col("value").cast(DataTypes.BinaryType)))
            .otherwise(text)
            .as(TextColumns.RECORD));
    columns.add(
        when(text.isNull(), lit("the message is empty"))
            .when(corrupt.isNotNull().or(broken), lit("the message is not one " + word()))
            .as(TextColumns.PROBLEM));
    Dataset<Row> rows =
        messages
            .withColumn(TEXT, text(messages.sparkSession()))
            .withColumn(MESSAGE, message())
            .select(columns.toArray(Column[]::new));
    return new TextTable(rows, source.numberText());
  }

  private Column text(SparkSession spark) {
    Column value = col("value");
    return source.kafka().payload() == KafkaSpec.Payload.AVRO
        ? AvroMessages.json(value, source.kafka(), EngineSession.hadoopConf(spark))
        : value.cast(DataTypes.StringType);
  }

  private String word() {
    return switch (source.kafka().payload()) {
      case JSON -> "JSON object";
      case CSV -> "line of CSV";
      case AVRO -> "record of Avro of source.kafka.avroSchema";
    };
  }

  private Column message() {
    StructType schema = new StructType();
    for (String name : names()) {
      schema = schema.add(name, DataTypes.StringType, true);
    }
    schema = schema.add(CORRUPT, DataTypes.StringType, true);
    Map<String, String> options = new HashMap<>(Map.of("columnNameOfCorruptRecord", CORRUPT));
    if (source.kafka().payload() != KafkaSpec.Payload.CSV) {
      return from_json(col(TEXT), schema, options);
    }
    source
        .options()
        .forEach((k, v) -> options.putAll(PAYLOAD.contains(k) ? Map.of(k, v) : Map.of()));
    return from_csv(col(TEXT), lit(schema.toDDL()), options);
  }

  /** Cells of CSV, or the keys of JSON that the settings name, the outermost of a path. */
  private Set<String> names() {
    if (source.kafka().payload() == KafkaSpec.Payload.CSV) {
      return new LinkedHashSet<>(source.kafka().columns());
    }
    Set<String> names = new LinkedHashSet<>();
    for (String name : source.columns().needed()) {
      names.add(name.indexOf('.') > 0 ? name.substring(0, name.indexOf('.')) : name);
    }
    return names;
  }
}
