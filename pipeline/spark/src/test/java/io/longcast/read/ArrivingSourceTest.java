package io.longcast.read;

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
            List.of("timestamp", "series_id", "value"));
    List<Row> rows =
        parsed(
            Sources.of("kafka", Path.of("none")).kafka(csv).spec(),
            messages("2024-01-01T00:00:00Z,s1,1.5", "2024-01-01T01:00:00Z,s1,warm"));
    assertThat(observed(rows)).containsExactly(OBSERVED.get(0));
    assertThat(rows.get(1).<String>getAs(ParsedColumns.REASON)).contains("warm");
  }

  @Test
  void saysWhichSettingIsMissing() {
    SourceSpec source =
        Sources.of("kafka", Path.of("none"))
            .kafka(
                new KafkaSpec(
                    Optional.empty(), Optional.of("t"), KafkaSpec.Payload.JSON, List.of()))
            .spec();
    assertThatThrownBy(() -> ReadStage.stream(spark, source))
        .isInstanceOf(SettingException.class)
        .hasMessageContaining("source.kafka.bootstrapServers");
    assertThatThrownBy(
            () ->
                new KafkaSpec(Optional.empty(), Optional.empty(), KafkaSpec.Payload.CSV, List.of()))
        .isInstanceOf(SettingException.class)
        .hasMessageContaining("source.kafka.columns");
  }

  private static KafkaSpec json() {
    return new KafkaSpec(
        Optional.of("localhost:9092"), Optional.of("readings"), KafkaSpec.Payload.JSON, List.of());
  }
}
