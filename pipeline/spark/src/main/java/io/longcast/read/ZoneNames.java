package io.longcast.read;

import java.io.Serializable;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the name of a zone in a written time stands for. {@code CET} and {@code CEST} are two
 * offsets, whatever the date; names such as {@code Europe/Berlin} are zones. A name that several
 * countries use for different offsets (CST, IST, BST) counts where the declared zone uses it, and
 * is unknown elsewhere.
 */
public final class ZoneNames implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Names of offsets: hours and minutes, several where the name is used for several. */
  private static final Map<String, List<ZoneOffset>> OFFSETS =
      table(
          """
          WET +0, WEST +1, CET +1, CEST +2, MEZ +1, MESZ +2, EET +2,
          EEST +3, MSK +3, MSD +4, TRT +3, SAMT +4, WAT +1, CAT +2, SAST +2, EAT +3, GST +4, PKT +5,
          NPT +5:45, ICT +7, WIB +7, SGT +8, HKT +8, AWST +8, JST +9, KST +9, ACST +9:30,
          ACDT +10:30, AEST +10, AEDT +11, NZST +12, NZDT +13, EST -5, EDT -4, CDT -5, MST -7,
          MDT -6, PST -8, PDT -7, AKST -9, AKDT -8, HST -10, NST -3:30, NDT -2:30, ADT -3, BRT -3,
          ART -3, CLT -4, COT -5, CST -6, CST +8, IST +5:30, IST +2, IST +1, BST +1, BST +6,
          AST -4, AST +3
          """);

  private final ZoneId declared;

  /**
   * @param declared the zone of times written without an offset
   */
  public ZoneNames(ZoneId declared) {
    this.declared = declared;
  }

  /**
   * The offset or zone of a name.
   *
   * @throws DateTimeException if there is none, or several and the declared zone uses none of them
   */
  ZoneId zone(String name) {
    String key = name.toUpperCase(Locale.ROOT);
    return OFFSETS.containsKey(key)
        ? offset(key)
            .orElseThrow(() -> new DateTimeException("zone name " + name + " is ambiguous"))
        : ZoneId.of(name);
  }

  private Optional<ZoneOffset> offset(String name) {
    List<ZoneOffset> offsets = OFFSETS.get(name);
    return offsets.size() == 1
        ? Optional.of(offsets.get(0))
        : offsets.stream().filter(this::isDeclared).findFirst();
  }

  private boolean isDeclared(ZoneOffset offset) {
    return List.of("2024-01-15T00:00:00Z", "2024-07-15T00:00:00Z").stream()
        .map(Instant::parse)
        .anyMatch(season -> declared.getRules().getOffset(season).equals(offset));
  }

  /**
   * All names of offsets, in tables of offset in seconds to name, none with two names for one
   * offset: what a formatter can look up.
   */
  List<Map<Long, String>> byOffset() {
    List<Map<Long, String>> tables = new ArrayList<>();
    for (String name : OFFSETS.keySet()) {
      offset(name)
          .map(offset -> (long) offset.getTotalSeconds())
          .ifPresent(
              seconds -> {
                int free = 0;
                while (free < tables.size() && tables.get(free).containsKey(seconds)) {
                  free++;
                }
                if (free == tables.size()) {
                  tables.add(new HashMap<>());
                }
                tables.get(free).put(seconds, name);
              });
    }
    return tables;
  }

  private static Map<String, List<ZoneOffset>> table(String text) {
    Map<String, List<ZoneOffset>> table = new TreeMap<>();
    for (String entry : text.strip().split(",\\s*")) {
      String[] parts = entry.split(" ");
      String[] clock = parts[1].split(":");
      int minutes = clock.length > 1 ? Integer.parseInt(clock[1]) : 0;
      int hours = Integer.parseInt(clock[0]);
      ZoneOffset offset = ZoneOffset.ofHoursMinutes(hours, hours < 0 ? -minutes : minutes);
      table.computeIfAbsent(parts[0], name -> new ArrayList<>()).add(offset);
    }
    return table;
  }
}
