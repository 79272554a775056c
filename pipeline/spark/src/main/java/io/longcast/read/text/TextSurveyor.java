package io.longcast.read.text;

import com.fasterxml.jackson.core.JsonFactory;
import io.longcast.sparkinternals.EngineSession;
import io.longcast.sparkinternals.rdd.TaskResults;
import java.io.IOException;
import java.io.Serializable;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Looks at the beginning of each file of a text source: on the driver where they are few, else on
 * the executors, one job.
 */
public final class TextSurveyor implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int FEW = 64;
  private static final int FILES_A_TASK = 100;
  private static final int ROWS = 2000;
  private static final int MIN_ROWS = 5;

  private final boolean json;
  private final TextOptions options;
  private final NumberText numbers;

  /**
   * @param json whether the files are JSON, not CSV
   * @param numbers reads the cells
   */
  public TextSurveyor(boolean json, TextOptions options, NumberText numbers) {
    this.json = json;
    this.options = options;
    this.numbers = numbers;
  }

  /** Looks at files. */
  public TextSurvey survey(SparkSession spark, List<String> files) {
    int rows = Math.max(MIN_ROWS, ROWS / Math.max(1, files.size()));
    Configuration hadoop = EngineSession.hadoopConf(spark);
    TextSurvey all = new TextSurvey();
    if (files.size() <= FEW) {
      all.add(survey(files.iterator(), rows, hadoop));
    } else {
      onExecutors(spark, files, rows, hadoop).forEach(all::add);
    }
    all.settleHeaders(options.columns());
    return all;
  }

  private List<TextSurvey> onExecutors(
      SparkSession spark, List<String> files, int rows, Configuration hadoop) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    Broadcast<SerializableConfiguration> settings =
        context.broadcast(new SerializableConfiguration(hadoop));
    return TaskResults.collect(
        context
            .parallelize(files, 1 + files.size() / FILES_A_TASK)
            .mapPartitions(
                part -> List.of(survey(part, rows, settings.value().value())).iterator()));
  }

  private TextSurvey survey(Iterator<String> files, int rows, Configuration hadoop) {
    TextSurvey survey = new TextSurvey();
    files.forEachRemaining(file -> look(file, rows, hadoop, survey));
    return survey;
  }

  private void look(String file, int rows, Configuration hadoop, TextSurvey into) {
    try {
      FileHead head = FileHead.read(new Path(file), options, hadoop);
      if (head.problem().isPresent()) {
        into.addProblem(file, head.problem().get());
      } else if (json) {
        into.addFile(file, head, false);
        lookAtJson(head, rows, into);
      } else {
        lookAtCsv(file, head, rows, into);
      }
    } catch (IOException | UncheckedIOException failure) {
      into.addProblem(file, "cannot be read: " + failure.getMessage());
    }
  }

  private void lookAtCsv(String path, FileHead head, int rows, TextSurvey into) {
    boolean annotated = CsvFile.isAnnotated(head.lines());
    into.addFile(path, head, annotated);
    CsvFile file = new CsvFile(annotated ? options.ofAnnotated() : options);
    CsvDataRecords records = file.data(file.records(head));
    if (!annotated && !into.addHeader(path, records.header(), options.columns())) {
      return;
    }
    for (int row = 0; row < rows && records.hasNext(); row++) {
      CsvRecord record = records.next();
      CsvHeader header = records.header();
      if (record.problem() == null && header.misfit(record.cells()) == null) {
        addCells(header, record.cells(), into);
      }
    }
  }

  private void addCells(CsvHeader header, String[] cells, TextSurvey into) {
    for (int i = 0; i < Math.min(cells.length, header.names().size()); i++) {
      into.addCell(header.names().get(i), cells[i], numbers);
    }
  }

  private void lookAtJson(FileHead head, int rows, TextSurvey into) {
    JsonFactory factory = JsonFileFormat.json(options).buildJsonFactory();
    Iterator<String> documents =
        options.multiLine()
            ? new JsonDocuments(new StringReader(head.text()), factory)
            : head.lines().iterator();
    for (int row = 0; row < rows && documents.hasNext(); row++) {
      new JsonLeaves(factory).of(documents.next()).forEach((k, v) -> into.addCell(k, v, numbers));
    }
  }
}
