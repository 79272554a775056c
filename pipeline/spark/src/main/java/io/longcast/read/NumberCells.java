package io.longcast.read;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.udf;

import io.longcast.read.text.NumberText;
import io.longcast.series.SeriesValues;
import io.longcast.sparkinternals.ArraysFunction;
import io.longcast.table.ExactName;
import io.longcast.table.ParsedColumns;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Reads all number columns of a row in one call. Expressions of each column would make code that
 * grows with the columns: to generate and compile that of hundreds takes minutes, and HotSpot
 * interprets the methods above 8,000 bytes.
 */
final class NumberCells extends ArraysFunction implements RowNumbers {
  private static final long serialVersionUID = 1L;
  private static final String CELLS = "_number_cells";
  private static final String VALUES = "values";
  private static final String ANY = "any";
  private static final String FAULTS = "faults";
  private static final StructType READ =
      new StructType()
          .add(VALUES, DataTypes.createArrayType(DataTypes.DoubleType))
          .add(ANY, DataTypes.BooleanType)
          .add(FAULTS, DataTypes.StringType);
  private static final List<DataType> KINDS =
      List.of(DataTypes.StringType, DataTypes.DoubleType, DataTypes.FloatType);

  private final List<String> names;

  /** Of each column the kind of its cells, as its place in {@link #KINDS}. */
  private final int[] kinds;

  private final NumberText text;
  private final double[] missing;
  private final boolean rejectsNonFinite;

  /**
   * @param names of the columns
   * @param raw their types
   */
  NumberCells(List<String> names, SeriesColumns columns, StructType raw) {
    this.names = List.copyOf(names);
    this.kinds = names.stream().mapToInt(name -> kind(raw.apply(name).dataType())).toArray();
    this.text = columns.numberText();
    this.missing = NumberText.missingNumbers(columns.missingMarks());
    this.rejectsNonFinite = columns.nonFinite() == SourceSpec.NonFinite.REJECT;
  }

  /** Numbers other than floats are read as doubles. */
  private static int kind(DataType type) {
    return KINDS.contains(type) ? KINDS.indexOf(type) : KINDS.indexOf(DataTypes.DoubleType);
  }

  @Override
  public Dataset<Row> add(Dataset<Row> rows) {
    Column[] cells = KINDS.stream().map(this::cells).toArray(Column[]::new);
    return rows.select(col("*"), udf(this, READ).apply(cells).as(CELLS));
  }

  private Column cells(DataType type) {
    int kind = KINDS.indexOf(type);
    Column[] cells =
        IntStream.range(0, kinds.length)
            .filter(i -> kinds[i] == kind)
            .mapToObj(i -> ExactName.column(names.get(i)).cast(type))
            .toArray(Column[]::new);
    return (cells.length == 0 ? lit(null) : array(cells)).cast(DataTypes.createArrayType(type));
  }

  @Override
  public List<Column> values() {
    Column values = col(CELLS).getField(VALUES);
    return IntStream.range(0, names.size())
        .mapToObj(i -> values.getItem(i).as(names.get(i)))
        .toList();
  }

  @Override
  public Column isAny() {
    return col(CELLS).getField(ANY);
  }

  @Override
  public Column faults() {
    return col(CELLS).getField(FAULTS);
  }

  /** The numbers of a row, as {@link NumberColumn} reads each. */
  @Override
  protected Row of(List<IntFunction<Object>> cells) {
    int[] next = new int[cells.size()];
    Double[] values = new Double[kinds.length];
    boolean any = false;
    List<String> faults = new ArrayList<>(0);
    for (int i = 0; i < kinds.length; i++) {
      Object cell = cells.get(kinds[i]).apply(next[kinds[i]]++);
      Double number = cell == null ? null : number(cell);
      if (number != null && Math.abs(number) <= Float.MAX_VALUE) {
        values[i] = number;
        any = true;
      } else if (number != null) {
        addFault(names.get(i), cell, number, faults);
      }
    }
    String all = faults.isEmpty() ? null : String.join(ParsedColumns.BETWEEN_CELLS, faults);
    return RowFactory.create(values, any, all);
  }

  private Double number(Object cell) {
    if (cell instanceof String written) {
      return text.number(written);
    }
    boolean narrow = cell instanceof Float;
    double number = ((Number) cell).doubleValue();
    for (double mark : missing) {
      if (number == (narrow ? (double) (float) mark : mark)) {
        return null;
      }
    }
    return narrow ? SeriesValues.shortest((Float) cell) : (Double) number;
  }

  private void addFault(String name, Object cell, double number, List<String> faults) {
    if (cell instanceof String written && number == NumberText.UNREADABLE) {
      faults.add(RowNumbers.noNumber(name) + NumberText.shown(written));
    } else if (rejectsNonFinite) {
      faults.add(RowNumbers.notFinite(name) + '"' + RowParser.cut(cell.toString()) + '"');
    }
  }
}
