package io.longcast.sparkinternals;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.xxhash64;
import static org.assertj.core.api.Assertions.assertThat;

import io.longcast.testing.SharedSession;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;
import org.junit.jupiter.api.Test;

class EngineRowsTest {
  private static final StructType SCHEMA =
      StructType.fromDDL(
          "id STRING, n BIGINT, x DOUBLE, on BOOLEAN, bytes BINARY,"
              + " pairs ARRAY<STRUCT<level: DOUBLE, name: STRING>>");

  private final SparkSession spark = SharedSession.get();

  @Test
  void makesATableOfNestedAndMissingValues() {
    JavaRDD<EngineRow> rows =
        EngineRows.of(spark.range(2).toDF())
            .map(
                row ->
                    row.getLong(0) == 0
                        ? EngineRow.of(null, null, null, null, null, null)
                        : EngineRow.of(
                            UTF8String.fromString("a"),
                            row.getLong(0),
                            0.5,
                            true,
                            new byte[] {7},
                            EngineRow.array(
                                EngineRow.struct(0.9, UTF8String.fromString("upper")))));

    List<Row> found = EngineRows.table(spark, rows, SCHEMA).orderBy("n").collectAsList();

    assertThat(found.get(0).anyNull()).isTrue();
    assertThat(found.get(1).getString(0)).isEqualTo("a");
    assertThat(found.get(1).getLong(1)).isEqualTo(1);
    assertThat(found.get(1).<byte[]>getAs("bytes")).containsExactly(7);
    assertThat(found.get(1).<Row>getList(5)).containsExactly(RowFactory.create(0.9, "upper"));
  }

  @Test
  void readsEachColumnOfATable() {
    Dataset<Row> table =
        spark.createDataFrame(
            List.of(
                RowFactory.create("b", 3L, 1.5, false, new byte[] {1, 2}, null),
                RowFactory.create(null, null, null, null, null, null)),
            SCHEMA);

    List<String> found =
        EngineRows.of(table.coalesce(1))
            .map(
                row ->
                    row.isNullAt(0)
                        ? "none"
                        : row.getText(0)
                            + " "
                            + row.getLong(1)
                            + " "
                            + row.getDouble(2)
                            + " "
                            + row.getBoolean(3)
                            + " "
                            + row.getBinary(4).length)
            .collect();

    assertThat(found).containsExactly("b 3 1.5 false 2", "none");
  }

  @Test
  void hashesTextsAsSqlDoes() {
    Dataset<Row> texts =
        spark.createDataFrame(
            List.of(RowFactory.create("Zähler 7"), RowFactory.create("")),
            StructType.fromDDL("id STRING"));

    for (Row row : texts.select(col("id"), xxhash64(col("id"))).collectAsList()) {
      assertThat(TextHash.of(UTF8String.fromString(row.getString(0)))).isEqualTo(row.getLong(1));
    }
  }

  @Test
  void copiesASessionAndTakesATableAcross() {
    SparkSession copy = EngineSession.copyOf(spark);
    copy.conf().set("spark.hadoop.longcast.test", "there");

    assertThat(EngineSession.hadoopConf(copy).get("spark.hadoop.longcast.test")).isEqualTo("there");
    assertThat(EngineSession.hadoopConf(spark).get("spark.hadoop.longcast.test")).isNull();
    Dataset<Row> there = EngineSession.in(copy, spark.range(3).toDF());
    assertThat(there.sparkSession()).isSameAs(copy);
    assertThat(there.count()).isEqualTo(3);
  }
}
