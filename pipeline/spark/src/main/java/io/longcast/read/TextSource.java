package io.longcast.read;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.not;

import io.longcast.read.text.ColumnLook;
import io.longcast.read.text.CsvFileFormat;
import io.longcast.read.text.CsvSeparators;
import io.longcast.read.text.JsonFileFormat;
import io.longcast.read.text.TextColumns;
import io.longcast.read.text.TextOptions;
import io.longcast.read.text.TextSurvey;
import io.longcast.read.text.TextSurveyor;
import io.longcast.sparkinternals.EngineSession;
import io.longcast.table.ExactName;
import io.longcast.table.ParsedColumns;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** CSV and JSON files, read as text, so that a bad value is found in its row and reported. */
final class TextSource implements OpenSource {
  private static final Pattern COMPRESSED = Pattern.compile(".*\\.(gz|bz2|zst|snappy|deflate|lz4)");

  private final SparkSession spark;
  private final FileScan scan;
  private final boolean json;
  private final TextOptions options;
  private final TextSurvey survey;
  private final Map<String, Boolean> beyondSample = new HashMap<>();

  TextSource(SparkSession spark, SourceSpec source, FileScan scan, boolean json) {
    this.spark = spark;
    this.scan = scan;
    this.json = json;
    TextOptions declared =
        new TextOptions(
            source.options(),
            List.copyOf(source.columns().needed()),
            source.csv().headerLine(),
            source.csv().unitRows(),
            false);
    survey = new TextSurveyor(json, declared, source.numberText()).survey(spark, scan.files());
    options = survey.isAnnotated() ? declared.ofAnnotated() : declared;
    scan.leaveOut(survey.problems());
  }

  @Override
  public StructType schema() {
    Set<String> names = new LinkedHashSet<>(survey.names());
    names.addAll(partitions());
    StructType schema = new StructType();
    for (String name : names) {
      schema = schema.add(name, DataTypes.StringType, true);
    }
    return schema;
  }

  @Override
  public Optional<DataType> type(String name) {
    boolean found =
        json
            ? survey.names().contains(name) || beyondSample.computeIfAbsent(name, this::isAnywhere)
            : find(name).isPresent();
    return found ? Optional.of(DataTypes.StringType) : Optional.empty();
  }

  private Optional<ColumnPath> find(String name) {
    return ColumnPath.find(name, schema(), column -> survey.look(column).isJson());
  }

  /**
   * Whether a key that no beginning of a file shows is in some object: a scan. A text that holds no
   * object stands for whatever is looked for in it, which finds nothing.
   */
  private boolean isAnywhere(String name) {
    List<String> names = new ArrayList<>(List.of(name));
    Column found = ExactName.column(name).isNotNull();
    for (int dot = name.indexOf('.'); dot > 0; dot = name.indexOf('.', dot + 1)) {
      String above = name.substring(0, dot);
      names.add(above);
      found = found.and(not(ExactName.column(name).eqNullSafe(ExactName.column(above))));
    }
    Dataset<Row> rows = load(names);
    return rows != null && !rows.where(found).isEmpty();
  }

  @Override
  public Dataset<Row> rows(List<String> names) {
    if (json) {
      return load(names);
    }
    Map<String, ColumnPath> paths = new LinkedHashMap<>();
    names.forEach(name -> paths.put(name, find(name).orElseThrow()));
    List<String> roots =
        paths.values().stream().map(path -> path.root().name()).distinct().toList();
    List<Column> columns = new ArrayList<>();
    paths.forEach((name, path) -> columns.add(path.column().as(name)));
    for (String own :
        List.of(ParsedColumns.FILE, ParsedColumns.BLOCK, TextColumns.RECORD, TextColumns.PROBLEM)) {
      columns.add(col(own));
    }
    return load(roots).select(columns.toArray(Column[]::new));
  }

  private Dataset<Row> load(List<String> names) {
    Class<?> format = json ? JsonFileFormat.class : CsvFileFormat.class;
    return scan.load(
        () ->
            spark
                .read()
                .format(format.getName())
                .schema(TextColumns.schema(names))
                .options(options.toMap()),
        path -> true,
        path -> COMPRESSED.matcher(path).matches());
  }

  /** Of JSON with the types that Spark finds, since a query may want its structs and arrays. */
  @Override
  public Dataset<Row> rows() {
    if (!json) {
      return load(List.of(schema().fieldNames()));
    }
    return scan.load(
        () -> spark.read().format("json").options(options.spark()),
        path -> true,
        path -> COMPRESSED.matcher(path).matches());
  }

  @Override
  public Map<String, ColumnLook> looks(List<String> names) {
    Map<String, ColumnLook> looks = new LinkedHashMap<>();
    names.forEach(name -> looks.put(name, survey.look(name)));
    return looks;
  }

  @Override
  public Set<String> doubled() {
    return survey.doubled();
  }

  @Override
  public Set<String> indexes() {
    return survey.unnamed();
  }

  @Override
  public List<String> filesWithout(String column) {
    return partitions().contains(column) ? List.of() : survey.filesWithout(column);
  }

  @Override
  public String hint() {
    if (json) {
      return survey.names().isEmpty()
          ? "; no line is an object: one over several lines needs source.options.multiLine = true"
          : "";
    }
    return scan.files().stream()
        .findFirst()
        .flatMap(file -> CsvSeparators.better(file, options, EngineSession.hadoopConf(spark)))
        .map(separator -> separator.equals("\t") ? "\\t" : separator)
        .map("; the separator seems to be another one (source.options.sep = \"%s\")"::formatted)
        .orElse("");
  }

  @Override
  public Optional<FileScan> files() {
    return Optional.of(scan);
  }
}
