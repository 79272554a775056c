package io.longcast.read.text;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;

/** Which columns a row has, and where: those of the file, its text, its problem. */
final class RowColumnPlaces {
  private final List<String> names = new ArrayList<>();
  private final int[] at;
  private final int width;
  private int record = -1;
  private int problem = -1;

  RowColumnPlaces(StructType schema) {
    width = schema.size();
    int[] places = new int[width];
    String[] fields = schema.fieldNames();
    for (int i = 0; i < width; i++) {
      switch (fields[i]) {
        case TextColumns.RECORD -> record = i;
        case TextColumns.PROBLEM -> problem = i;
        default -> {
          places[names.size()] = i;
          names.add(fields[i]);
        }
      }
    }
    at = places;
  }

  /** The columns of the file that are wanted. */
  List<String> names() {
    return names;
  }

  /** Where the i-th of {@link #names} stands in a row. */
  int at(int i) {
    return at[i];
  }

  /** A row with nothing but the text of a record and its problem, if it has one. */
  Object[] row(String text, String why) {
    Object[] row = new Object[width];
    if (record >= 0) {
      row[record] = UTF8String.fromString(text);
    }
    if (problem >= 0 && why != null) {
      row[problem] = UTF8String.fromString(why);
    }
    return row;
  }
}
