package io.longcast.read.text;

import io.longcast.read.file.UnreadableFileException;
import io.longcast.sparkinternals.rdd.ScalaCollections;
import java.io.IOException;
import java.io.Serializable;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.mapreduce.Job;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.execution.datasources.OutputWriterFactory;
import org.apache.spark.sql.execution.datasources.PartitionedFile;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;
import scala.Function1;
import scala.collection.AbstractIterator;
import scala.collection.Iterator;
import scala.runtime.AbstractFunction1;

/**
 * A text format for Spark's own scan of files, which lists and splits them, and knows their
 * partitions. The schema must be given; all columns are text. For reading alone.
 */
public abstract class TextFileFormat extends TextScanFormat {

  /** Reads the rows of a part of a file. */
  public interface PartReader extends Serializable {
    /** The rows that begin in the part, in the order of the file. */
    Iterator<InternalRow> read(PartitionedFile part, Configuration hadoop) throws IOException;
  }

  /**
   * A reader of the rows.
   *
   * @param options of the source
   * @param required columns, in the order in which the rows have them
   */
  protected abstract PartReader reader(Map<String, String> options, StructType required);

  /** Whether a file can be read only as a whole. */
  protected abstract boolean isWhole(Map<String, String> options);

  @Override
  public final boolean isSplitable(
      SparkSession spark, scala.collection.immutable.Map<String, String> options, Path path) {
    return !isWhole(ScalaCollections.map(options)) && super.isSplitable(spark, options, path);
  }

  @Override
  public final OutputWriterFactory prepareWrite(
      SparkSession spark,
      Job job,
      scala.collection.immutable.Map<String, String> options,
      StructType schema) {
    throw new UnsupportedOperationException(getClass().getSimpleName() + " is for reading alone");
  }

  @Override
  final Function1<PartitionedFile, Iterator<InternalRow>> reader(
      SparkSession spark, StructType required, Map<String, String> options, Configuration hadoop) {
    Broadcast<SerializableConfiguration> settings =
        JavaSparkContext.fromSparkContext(spark.sparkContext())
            .broadcast(new SerializableConfiguration(hadoop));
    return new Read(reader(options, required), settings);
  }

  private static final class Read extends AbstractFunction1<PartitionedFile, Iterator<InternalRow>>
      implements Serializable {
    private static final long serialVersionUID = 1L;

    private final PartReader reader;
    private final Broadcast<SerializableConfiguration> settings;

    private Read(PartReader reader, Broadcast<SerializableConfiguration> settings) {
      this.reader = reader;
      this.settings = settings;
    }

    @Override
    public Iterator<InternalRow> apply(PartitionedFile part) {
      try {
        return new NamedRows(reader.read(part, settings.value().value()), part.urlEncodedPath());
      } catch (IOException | RuntimeException failure) {
        throw new UnreadableFileException(part.urlEncodedPath(), failure);
      }
    }
  }

  /** The rows of a file, whose failures name it. */
  private static final class NamedRows extends AbstractIterator<InternalRow> {
    private final Iterator<InternalRow> rows;
    private final String file;

    private NamedRows(Iterator<InternalRow> rows, String file) {
      this.rows = rows;
      this.file = file;
    }

    @Override
    public boolean hasNext() {
      try {
        return rows.hasNext();
      } catch (Exception failure) {
        // Scala does not declare what it throws.
        throw new UnreadableFileException(file, failure);
      }
    }

    @Override
    public InternalRow next() {
      try {
        return rows.next();
      } catch (Exception failure) {
        throw new UnreadableFileException(file, failure);
      }
    }
  }
}
