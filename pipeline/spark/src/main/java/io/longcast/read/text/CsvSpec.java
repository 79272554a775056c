package io.longcast.read.text;

import io.longcast.settings.SettingException;
import java.io.Serializable;

/**
 * What stands around the rows of a CSV file.
 *
 * @param headerLine the line of the header, counted from 1; 0 for the first line that names the
 *     most of the columns that the settings name. Lines above it are passed over. Proposed default:
 *     0
 * @param unitRows rows right below the header that are no data, such as units. Proposed default: 0
 */
public record CsvSpec(int headerLine, int unitRows) implements Serializable {

  public CsvSpec {
    require(headerLine, "headerLine");
    require(unitRows, "unitRows");
  }

  private static void require(int count, String key) {
    if (count < 0) {
      throw new SettingException("source.csv." + key, key + " must be >= 0, found " + count);
    }
  }
}
