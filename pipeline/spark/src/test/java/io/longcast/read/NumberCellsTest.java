package io.longcast.read;

import static io.longcast.read.SourceFilesFixture.cells;
import static io.longcast.read.SourceFilesFixture.reasons;
import static io.longcast.read.SourceFilesFixture.used;
import static io.longcast.read.SourceFilesFixture.write;
import static org.apache.spark.sql.functions.expr;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import io.longcast.table.ExactName;
import io.longcast.testing.SharedSession;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The numbers of a row in one call are those of an expression for each column. */
class NumberCellsTest {
  private static final String[] CELLS = {
    null,
    "",
    " ",
    "NA",
    "nan",
    "NaN",
    "-NaN",
    "inf",
    "-Infinity",
    "1e39",
    "-1e-400",
    "-9999",
    "0",
    "-0.0",
    "-9999.0",
    "21.37",
    "1.7976931348623157E308",
    "1,5",
    "1.234.567",
    "21.5 °C",
    "true",
    "False",
    "+true",
    "1d",
    "0x1p3",
    "\u22127",
    "\u00a08\u00a0",
    "1_000",
    "#N/A",
    "\uD83D\uDE00".repeat(70),
    "x".repeat(61),
    "1e5",
    "Infinity"
  };
  private static final DataType[] TYPES = {
    DataTypes.StringType,
    DataTypes.DoubleType,
    DataTypes.FloatType,
    DataTypes.LongType,
    DataTypes.BooleanType,
    DataTypes.createDecimalType(38, 3),
    DataTypes.ShortType
  };

  private final SparkSession spark = SharedSession.get();

  @Test
  void areThoseOfAnExpressionForEachColumn() {
    List<String> names = IntStream.range(0, TYPES.length).mapToObj(i -> "a.b `" + i).toList();
    Dataset<Row> rows = rows(names).coalesce(1).cache();
    for (boolean strict : new boolean[] {true, false}) {
      Sources source = Sources.of("csv", Path.of("any")).missing("", "NA", "-9999", "0.1");
      SeriesColumns columns = (strict ? source : source.nonFiniteIsMissing()).spec().columns();
      List<Row> each = read(rows, new NumberColumns(names, columns, rows.schema()));
      assertThat(read(rows, new NumberCells(names, columns, rows.schema()))).isEqualTo(each);
      assertThat(each.stream().filter(row -> !row.isNullAt(1)).count()).isPositive();
    }
    rows.unpersist();
  }

  @Test
  void accountForEachCellOfAWideFile(@TempDir Path folder) {
    String names = header("c%d"::formatted);
    Path file =
        write(
            folder,
            "wide.csv",
            "series_id,timestamp," + names,
            "a,2024-01-01," + header(i -> i == 7 ? "off" : i == 9 ? "" : "" + i),
            "a,2024-01-02," + header(i -> "off"),
            "a,2024-01-03," + header(i -> "" + i));
    ReadResult read = ReadStage.read(spark, Sources.of("csv", file).values("*").spec());
    assertThat(used(read))
        .containsExactly(
            "a 2024-01-01T00:00:00Z 0.0 1.0 2.0 3.0 4.0 5.0 6.0 - 8.0 - 10.0 11.0",
            "a 2024-01-03T00:00:00Z 0.0 1.0 2.0 3.0 4.0 5.0 6.0 7.0 8.0 9.0 10.0 11.0");
    assertThat(cells(read)).containsExactly("text in number column \"c7\": \"off\"");
    assertThat(reasons(read))
        .singleElement(STRING)
        .startsWith("text in number column \"c0\": \"off\"; text in number column \"c1\": \"off\"");
  }

  private static String header(IntFunction<String> cell) {
    return IntStream.range(0, 12).mapToObj(cell).collect(Collectors.joining(","));
  }

  private static List<Row> read(Dataset<Row> rows, RowNumbers numbers) {
    List<Column> all = new ArrayList<>(List.of(numbers.isAny(), numbers.faults()));
    all.addAll(numbers.values());
    return numbers.add(rows).select(all.toArray(Column[]::new)).collectAsList();
  }

  private Dataset<Row> rows(List<String> names) {
    Random random = new Random(7);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      int empty = i % 10 == 0 ? 1 : CELLS.length;
      rows.add(
          RowFactory.create(names.stream().map(name -> CELLS[random.nextInt(empty)]).toArray()));
    }
    StructType text = new StructType();
    List<Column> typed = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      text = text.add(names.get(i), DataTypes.StringType);
      String name = ExactName.sql(names.get(i));
      String type = TYPES[i % TYPES.length].sql();
      typed.add(expr("try_cast(" + name + " as " + type + ")").as(names.get(i)));
    }
    return spark.createDataFrame(rows, text).select(typed.toArray(Column[]::new));
  }
}
