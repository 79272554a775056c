package io.longcast.read.text;

import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.execution.datasources.PartitionedFile;
import org.apache.spark.sql.types.StructType;

/** CSV files, each read by its own header. */
public final class CsvFileFormat extends TextFileFormat {

  @Override
  protected PartReader reader(Map<String, String> options, StructType required) {
    TextOptions text = TextOptions.of(options);
    return (part, hadoop) -> rows(part, text, required, hadoop);
  }

  @Override
  protected boolean isWhole(Map<String, String> options) {
    return TextOptions.of(options).isWhole();
  }

  private static scala.collection.Iterator<InternalRow> rows(
      PartitionedFile part, TextOptions options, StructType required, Configuration hadoop)
      throws IOException {
    CsvFile file = new CsvFile(options);
    Iterator<CsvRecord> records = records(part, options, file.dialect(), hadoop);
    CsvDataRecords data =
        part.start() == 0 ? file.data(records) : later(part, file, records, options, hadoop);
    return new CsvRows(data, file.dialect(), new RowColumnPlaces(required));
  }

  /** The data of a part that does not begin the file: by the header that is read from there. */
  private static CsvDataRecords later(
      PartitionedFile part,
      CsvFile file,
      Iterator<CsvRecord> records,
      TextOptions options,
      Configuration hadoop)
      throws IOException {
    FileHead head = FileHead.read(part.toPath(), options, hadoop);
    CsvFile.Start start = file.start(file.take(file.records(head)));
    long above = head.linesAfter(part.start(), start.records());
    for (long i = 0; i < above && records.hasNext(); i++) {
      records.next();
    }
    return new CsvDataRecords(List.of(), records, start.header());
  }

  private static Iterator<CsvRecord> records(
      PartitionedFile part, TextOptions options, CsvDialect dialect, Configuration hadoop) {
    if (dialect.isMultiLine()) {
      return new CsvWholeRecords(TextLines.reader(part, options, hadoop), dialect);
    }
    return new CsvLineRecords(TextLines.of(part, options, dialect.lineEnd(), hadoop), dialect);
  }
}
