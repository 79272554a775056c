package io.longcast.read;

import io.longcast.read.text.ColumnLook;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What {@code source.valueColumns = ["*"]} stands for: the columns of numbers that are not named
 * elsewhere, but for folders' names and for columns that number the rows. A warning names each
 * column that is left out.
 */
final class StarColumns {
  private static final Logger LOG = LoggerFactory.getLogger(StarColumns.class);
  private static final String UNNAMED = "Unnamed: \\d+";

  private final OpenSource source;

  StarColumns(OpenSource source) {
    this.source = source;
  }

  /** The columns in the order of the source, without those that are taken. */
  List<String> names(Set<String> taken) {
    List<String> names = new ArrayList<>();
    List<String> texts = new ArrayList<>();
    for (StructField field : source.schema().fields()) {
      String name = field.name();
      boolean text = field.dataType().equals(DataTypes.StringType);
      if (!taken.contains(name)
          && !source.partitions().contains(name)
          && !isRowNumber(name)
          && (text || holdsNumbers(name, field.dataType()))) {
        names.add(name);
        texts.addAll(text ? List.of(name) : List.of());
      }
    }
    Map<String, ColumnLook> looks = source.looks(texts);
    names.removeIf(name -> looks.containsKey(name) && isText(name, looks.get(name)));
    return names;
  }

  private boolean isRowNumber(String name) {
    boolean index = source.indexes().contains(name) || name.matches(UNNAMED);
    return index && isLeftOut(name, "numbers the rows");
  }

  private static boolean holdsNumbers(String name, DataType type) {
    return SourceColumns.isNumber(type) || !isLeftOut(name, "is " + type.simpleString());
  }

  private static boolean isText(String name, ColumnLook look) {
    return look.isText() && isLeftOut(name, "holds text (\"" + look.text() + "\")");
  }

  private static boolean isLeftOut(String name, String why) {
    LOG.warn("column \"{}\" {} and is left out of source.valueColumns = *", name, why);
    return true;
  }
}
