package io.longcast.read.text;

import java.io.Closeable;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.NoSuchElementException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.mapreduce.lib.input.FileSplit;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.execution.datasources.PartitionedFile;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;
import org.apache.spark.util.TaskCompletionListener;
import scala.collection.AbstractIterator;
import scala.collection.Iterator;

/**
 * A format of records for Spark's own scan of files; subclasses see none of Spark's internals. A
 * format is serializable and without state, because tasks open records by it.
 */
public abstract class RecordFileFormat extends TextFileFormat implements Serializable {
  private static final long serialVersionUID = 1L;

  /** The records of a part of a file, one after the other. Closed at the end of the task. */
  protected interface Records extends Closeable {
    /** Goes to the next record; false where there is none. */
    boolean next() throws IOException;

    /** A column of the record: a String, a boxed number, or null. */
    Object value(String column);
  }

  /** Opens the records that begin in a part of a file. */
  protected abstract Records open(FileSplit part, Map<String, String> options, Configuration hadoop)
      throws IOException;

  @Override
  protected final PartReader reader(Map<String, String> options, StructType required) {
    String[] columns = required.fieldNames();
    return (part, hadoop) -> rows(part, options, columns, hadoop);
  }

  private Iterator<InternalRow> rows(
      PartitionedFile part, Map<String, String> options, String[] columns, Configuration hadoop)
      throws IOException {
    FileSplit split = new FileSplit(part.toPath(), part.start(), part.length(), new String[0]);
    Records records = open(split, options, hadoop);
    TaskContext.get().addTaskCompletionListener((TaskCompletionListener) task -> close(records));
    return new Rows(records, columns);
  }

  private static void close(Records records) {
    try {
      records.close();
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot close a file", failure);
    }
  }

  private static final class Rows extends AbstractIterator<InternalRow> {
    private final Records records;
    private final String[] columns;
    private boolean isAhead;
    private boolean isOver;

    Rows(Records records, String[] columns) {
      this.records = records;
      this.columns = columns;
    }

    @Override
    public boolean hasNext() {
      if (!isAhead && !isOver) {
        try {
          isAhead = records.next();
        } catch (IOException failure) {
          throw new UncheckedIOException("cannot read a file", failure);
        }
        isOver = !isAhead;
      }
      return isAhead;
    }

    @Override
    public InternalRow next() {
      if (!hasNext()) {
        throw new NoSuchElementException("no record left");
      }
      Object[] row = new Object[columns.length];
      for (int i = 0; i < columns.length; i++) {
        Object value = records.value(columns[i]);
        row[i] = value instanceof String text ? UTF8String.fromString(text) : value;
      }
      isAhead = false;
      return new GenericInternalRow(row);
    }
  }
}
