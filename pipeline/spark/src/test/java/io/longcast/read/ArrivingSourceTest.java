package io.longcast.read;

import static org.apache.spark.sql.avro.functions.to_avro;
import static org.apache.spark.sql.functions.struct;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longcast.settings.SettingException;
import io.longcast.table.ParsedColumns;
import io.longcast.testing.SharedSession;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.Trigger;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows that arrive are parsed as rows at rest are: a bad value is a reason, not a failure. */
class ArrivingSourceTest {
  private static final List<String> OBSERVED =
      List.of("[s1,2024-01-01 00:00:00.0,1.5]", "[s1,2024-01-01 01:00:00.0,2.5]");

  @TempDir Path folder;

  private final SparkSession spark = SharedSession.get();

  private Path files(String name, String... files) throws Exception {
    Path path = Files.createDirectories(folder.resolve(name));
    for (int i = 0; i < files.length; i++) {
      Files.writeString(path.resolve(i + "." + name), files[i]);
    }
    return path;
  }

  private List<Row> arrived(SourceSpec source) throws Exception {
    String name = "arrived_" + source.format();
    Dataset<Row> parsed = ReadStage.stream(spark, source).parsed();
    parsed
        .writeStream()
        .format("memory")
        .queryName(name)
        .trigger(Trigger.AvailableNow())
        .start()
        .awaitTermination();
    return parsed.sparkSession().table(name).collectAsList();
  }

  private static List<String> observed(List<Row> rows) {
    return rows.stream()
        .filter(row -> row.getAs(ParsedColumns.REASON) == null)
        .map(r -> RowFactory.create(r.getAs("series_id"), r.getAs("timestamp"), r.getAs("value")))
        .map(Row::toString)
        .sorted()
        .toList();
  }

  private static Map<String, String> rejected(List<Row> rows) {
    return rows.stream()
        .filter(row -> row.getAs(ParsedColumns.REASON) != null)
        .collect(
            Collectors.toMap(
                row -> row.getAs(ParsedColumns.RECORD), row -> row.getAs(ParsedColumns.REASON)));
  }

  @Test
  void readsEachCsvFileByItsOwnHeaderAndSaysWhatIsWrong() throws Exception {
    Path path =
        files(
            "csv",
            "series_id,timestamp,value\ns1,2024-01-01T00:00:00Z,1.5\ns1,yesterday,3\n",
            "value,series_id,timestamp\n2.5,s1,2024-01-01T01:00:00Z\n");
    List<Row> rows = arrived(Sources.of("csv", path).spec());
    assertThat(observed(rows)).isEqualTo(OBSERVED);
    assertThat(rejected(rows))
        .hasEntrySatisfying(
            "s1,yesterday,3", why -> assertThat(why).contains("unparsable timestamp"));
    assertThat(rows).allMatch(row -> row.<String>getAs(ParsedColumns.FILE).endsWith(".csv"));
  }

  @Test
  void readsOneFile() throws Exception {
    Path path =
        files(
            "csv",
            "series_id,timestamp,value\ns1,2024-01-01T00:00:00Z,1.5\ns1,2024-01-01T01:00:00Z,2.5\n",
            "series_id,timestamp,value\ns2,2024-01-01T00:00:00Z,9\n");
    List<Row> rows = arrived(Sources.of("csv", path.resolve("0.csv")).spec());
    assertThat(observed(rows)).isEqualTo(OBSERVED);
  }

  @Test
  void readsJsonLines() throws Exception {
    Path path =
        files(
            "json",
            "{\"series_id\":\"s1\",\"timestamp\":\"2024-01-01T00:00:00Z\",\"value\":1.5}\n[1]\n"
                + "{\"series_id\":\"s1\",\"timestamp\":\"2024-01-01T01:00:00Z\",\"value\":2.5}\n");
    List<Row> rows = arrived(Sources.of("json", path).spec());
    assertThat(observed(rows)).isEqualTo(OBSERVED);
    assertThat(rejected(rows)).containsKey("[1]");
  }

  @Test
  void aStreamOfFilesThatDescribeThemselvesNeedsOneForTheColumns() throws Exception {
    Path path = files("parquet");
    assertThatThrownBy(() -> arrived(Sources.of("parquet", path).spec()))
        .isInstanceOf(SettingException.class)
        .hasMessageContaining("at least one in");
  }

  private Dataset<Row> messages(String... values) {
    StructType schema =
        new StructType()
            .add("value", DataTypes.StringType)
            .add("topic", DataTypes.StringType)
            .add("partition", DataTypes.IntegerType)
            .add("offset", DataTypes.LongType);
    List<Row> rows = new ArrayList<>();
    for (String value : values) {
      rows.add(RowFactory.create(value, "readings", 3, 17L + rows.size()));
    }
    return spark.createDataFrame(rows, schema);
  }

  private static List<Row> parsed(SourceSpec source, Dataset<Row> messages) {
    OpenSource opened = new KafkaMessages(source).opened(messages);
    var layout = new SourceColumns(source.columns(), "topic", opened).layout();
    List<String> names = new ArrayList<>(source.columns().needed());
    names.add("row");
    return new RowParser(source.columns(), "kafka", layout)
        .parse(opened.rows(names))
        .collectAsList();
  }

  @Test
  void readsMessagesOfJsonWithPaths() {
    SourceSpec source =
        Sources.of("kafka", Path.of("none")).kafka(json()).values("reading.celsius").spec();
    List<Row> rows =
        parsed(
            source,
            messages(
                "{\"series_id\":\"s1\",\"timestamp\":\"2024-01-01T00:00:00Z\","
                    + "\"reading\":{\"celsius\":1.5}}",
                "no JSON",
                null));
    assertThat(rows.get(0).<Double>getAs("reading.celsius")).isEqualTo(1.5);
    assertThat(rows.get(0).<Long>getAs("row")).isEqualTo(17);
    assertThat(rows.get(1).<String>getAs(ParsedColumns.REASON)).contains("not one JSON object");
    assertThat(rows.get(1).<String>getAs(ParsedColumns.RECORD)).isEqualTo("no JSON");
    assertThat(rows.get(1).<String>getAs(ParsedColumns.FILE)).isEqualTo("readings/3@18");
    assertThat(rows.get(2).<String>getAs(ParsedColumns.REASON)).contains("empty");
  }

  @Test
  void readsMessagesOfCsvByTheDeclaredCells() {
    KafkaSpec csv =
        new KafkaSpec(
            Optional.of("localhost:9092"),
            Optional.of("readings"),
            KafkaSpec.Payload.CSV,
            List.of("timestamp", "series_id", "value"),
            Optional.empty(),
            0);
    List<Row> rows =
        parsed(
            Sources.of("kafka", Path.of("none")).kafka(csv).spec(),
            messages("2024-01-01T00:00:00Z,s1,1.5", "2024-01-01T01:00:00Z,s1,warm"));
    assertThat(observed(rows)).containsExactly(OBSERVED.get(0));
    assertThat(rows.get(1).<String>getAs(ParsedColumns.REASON)).contains("warm");
  }

  /** The record behind five bytes, as the serializers of a schema registry write it. */
  @Test
  void readsMessagesOfAvroByTheDeclaredSchema() throws Exception {
    String schema =
        "{\"type\": \"record\", \"name\": \"reading\", \"fields\": ["
            + "{\"name\": \"series_id\", \"type\": [\"null\", \"string\"]},"
            + "{\"name\": \"timestamp\","
            + " \"type\": [\"null\", {\"type\": \"long\", \"logicalType\": \"timestamp-micros\"}]},"
            + "{\"name\": \"value\", \"type\": [\"null\", \"double\"]}]}";
    Path file = Files.writeString(folder.resolve("reading.avsc"), schema);
    Dataset<Row> written =
        spark.sql(
            "select * from values ('s1', timestamp '2024-01-01T00:00:00.000001Z', 0.1d),"
                + " ('s1', timestamp '2024-01-01T01:00:00Z', 2.5d), ('s2', null, 2.5d)"
                + " t(series_id, timestamp, value)");
    Dataset<Row> messages =
        written
            .select(to_avro(struct("*"), schema).as("record"))
            .selectExpr("concat(X'0000000007', record) as value")
            .union(spark.sql("select cast('no Avro' as binary)"))
            .coalesce(1)
            .selectExpr(
                "value",
                "'readings' as topic",
                "3 as partition",
                "17 + monotonically_increasing_id() as offset");
    KafkaSpec avro =
        new KafkaSpec(
            Optional.of("localhost:9092"),
            Optional.of("readings"),
            KafkaSpec.Payload.AVRO,
            List.of(),
            Optional.of(file.toString()),
            5);
    List<Row> rows = parsed(Sources.of("kafka", Path.of("none")).kafka(avro).spec(), messages);
    assertThat(observed(rows))
        .as("a row without a time is rejected later, when it is cleaned")
        .containsExactly("[s1,2024-01-01 00:00:00.000001,0.1]", OBSERVED.get(1), "[s2,null,2.5]");
    assertThat(rows.get(3).<String>getAs(ParsedColumns.REASON)).contains("not one record of Avro");
  }

  @Test
  void saysWhichSettingIsMissing() {
    SourceSpec source =
        Sources.of("kafka", Path.of("none"))
            .kafka(
                new KafkaSpec(
                    Optional.empty(),
                    Optional.of("t"),
                    KafkaSpec.Payload.JSON,
                    List.of(),
                    Optional.empty(),
                    0))
            .spec();
    assertThatThrownBy(() -> ReadStage.stream(spark, source))
        .isInstanceOf(SettingException.class)
        .hasMessageContaining("source.kafka.bootstrapServers");
    assertThatThrownBy(
            () ->
                new KafkaSpec(
                    Optional.empty(),
                    Optional.empty(),
                    KafkaSpec.Payload.CSV,
                    List.of(),
                    Optional.empty(),
                    0))
        .isInstanceOf(SettingException.class)
        .hasMessageContaining("source.kafka.columns");
  }

  private static KafkaSpec json() {
    return new KafkaSpec(
        Optional.of("localhost:9092"),
        Optional.of("readings"),
        KafkaSpec.Payload.JSON,
        List.of(),
        Optional.empty(),
        0);
  }
}
