package io.longcast.alert;

import java.util.List;

/** A receiver of alerts. */
interface AlertSink {
  /** In messages and in the record of what was delivered. */
  String name();

  /** How many alerts one delivery takes, at least 1. */
  int batch();

  /**
   * Delivers alerts, all or none of them as far as can be known.
   *
   * @throws UndeliveredException if they must be delivered again
   */
  void deliver(List<Alert> alerts) throws UndeliveredException;
}
