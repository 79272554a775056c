package io.longcast.read;

import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.regexp_extract;
import static org.apache.spark.sql.functions.regexp_replace;
import static org.apache.spark.sql.functions.when;

import io.longcast.table.ExactName;
import io.longcast.table.ParsedColumns;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataTypes;

/** The series id: key columns joined, the file's name, or a constant. */
final class SeriesIdColumn {
  private static final String BASE_NAME =
      "(?i)([^/]+?)(?:\\.(?:csv|tsv|txt|json|jsonl|parquet|orc|gz|bz2|zst|snappy|deflate|lz4))*$";

  private final SeriesSpec spec;

  SeriesIdColumn(SeriesSpec spec) {
    this.spec = spec;
  }

  /** The id; null where a part is missing. */
  Column id() {
    List<Column> parts = parts();
    if (parts.isEmpty()) {
      return lit(spec.constant());
    }
    if (parts.size() == 1) {
      return when(anyMissing().equalTo(lit(false)), parts.get(0));
    }
    Column[] escaped = parts.stream().map(this::escaped).toArray(Column[]::new);
    return when(anyMissing().equalTo(lit(false)), concat_ws(spec.separator(), escaped));
  }

  /** Why there is no id, or null. */
  Column reason() {
    Column reason = when(lit(false), lit(""));
    for (String name : spec.columns()) {
      reason =
          reason.when(
              RowParser.blank(text(name)),
              lit("missing series id: column \"" + name + "\" is empty"));
    }
    return reason;
  }

  private Column anyMissing() {
    Column any = lit(false);
    for (String name : spec.columns()) {
      any = any.or(RowParser.blank(text(name)));
    }
    return any;
  }

  private List<Column> parts() {
    List<Column> parts = new ArrayList<>(spec.columns().stream().map(this::text).toList());
    if (spec.fromFileName()) {
      parts.add(regexp_extract(filePath(), BASE_NAME, 1));
    }
    return parts;
  }

  /** Spark gives file paths as URIs; a plus sign in a name is a plus sign. */
  private static Column filePath() {
    return expr("url_decode(replace(" + ParsedColumns.FILE + ", '+', '%2B'))");
  }

  private Column text(String name) {
    return ExactName.column(name).cast(DataTypes.StringType);
  }

  /** Two different keys never join to one id: a separator inside a part gets a backslash. */
  private Column escaped(Column part) {
    if (spec.separator().isEmpty()) {
      return part;
    }
    String special = "(\\\\|" + Pattern.quote(spec.separator()) + ")";
    return regexp_replace(part, special, "\\\\$1");
  }
}
