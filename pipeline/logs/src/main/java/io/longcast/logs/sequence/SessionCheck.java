package io.longcast.logs.sequence;

import java.io.Serializable;
import java.util.Optional;

/** Something that a normal session fulfils. */
public interface SessionCheck extends Serializable {

  /** Where a finished session departs first, or nothing if it is as normal ones are. */
  Optional<SessionFinding> check(int[] session);

  /** This check, and the others where it finds nothing. */
  default SessionCheck or(SessionCheck next) {
    return session -> check(session).or(() -> next.check(session));
  }
}
