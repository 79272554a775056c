package io.longcast.read;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.when;

import io.longcast.read.text.TextColumns;
import io.longcast.settings.SettingException;
import io.longcast.sparkinternals.EngineSql;
import io.longcast.table.ParsedColumns;
import java.util.Arrays;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * A query over the raw source. It sees the view {@code source}: the columns of the source, those of
 * CSV as text; {@code _file}, the path of each row's file; of CSV {@code _corrupt_record}, the text
 * of records that cannot be read.
 */
final class SourceQuery {
  private static final String KEY = "source.query";
  private static final String VIEW = "source";
  private static final String CORRUPT = "_corrupt_record";

  private SourceQuery() {}

  /**
   * Checks that a text is one query, as far as that can be said without the source.
   *
   * @throws IllegalArgumentException if it is none
   */
  static void require(String query) {
    if (!isQuery(query)) {
      throw new SettingException(
          KEY, "expected a query (SELECT ... FROM source), found \"" + query + "\"");
    }
  }

  private static boolean isQuery(String query) {
    try {
      return EngineSql.isQuery(query);
    } catch (IllegalArgumentException broken) {
      throw new SettingException(KEY, "cannot parse the query: " + broken.getMessage(), broken);
    }
  }

  /** The result of the query in place of the source. */
  static OpenSource over(OpenSource source, SparkSession spark, SourceSpec spec) {
    view(source.rows()).createOrReplaceTempView(VIEW);
    Dataset<Row> result = spark.sql(spec.query().orElseThrow());
    boolean named = Arrays.asList(result.columns()).contains(ParsedColumns.FILE);
    if (spec.series().fromFileName() && !named) {
      throw new IllegalArgumentException(
          "source.series.fromFileName needs the column "
              + ParsedColumns.FILE
              + " of the source in the result of source.query, found "
              + String.join(", ", result.columns()));
    }
    return new TableSource(result, spec.numberText(), source.files());
  }

  private static Dataset<Row> view(Dataset<Row> rows) {
    Dataset<Row> view = rows.drop(ParsedColumns.BLOCK);
    return Arrays.asList(rows.columns()).contains(TextColumns.PROBLEM)
        ? view.withColumn(
                CORRUPT, when(col(TextColumns.PROBLEM).isNotNull(), col(TextColumns.RECORD)))
            .drop(TextColumns.PROBLEM, TextColumns.RECORD)
        : view;
  }
}
