package dev.espalier.search.simulation;

/**
 * Something that goes wrong once. As text: {@code DISK_FULL@17}.
 *
 * @param kind what goes wrong
 * @param at the n-th time, from 0, that the part of the world it belongs to is used
 */
record Fault(Kind kind, long at) {

  /** Parts of the world, each of which counts its own uses. */
  enum Part {
    /** Writes to the disk. */
    DISK,
    /** Attempts that are handed to the workers. */
    ATTEMPT,
    /** Calls of the score store. */
    STORE,
    /** Questions of the loop for what is finished. */
    LOOP
  }

  /** What can go wrong. */
  enum Kind {
    DISK_POWER_LOSS(Part.DISK, 400),
    DISK_KILL(Part.DISK, 400),
    DISK_FULL(Part.DISK, 400),
    DISK_BROKEN(Part.DISK, 400),
    DISK_ROT(Part.DISK, 400),
    /** The answer comes much later, while the worker is free again. */
    ATTEMPT_DELAY(Part.ATTEMPT, 50),
    /** The answer is lost. */
    ATTEMPT_DROP(Part.ATTEMPT, 50),
    /** The answer comes twice, the second time later. */
    ATTEMPT_DUPLICATE(Part.ATTEMPT, 50),
    /** The worker breaks down, and that is known. */
    ATTEMPT_CRASH(Part.ATTEMPT, 50),
    /** The worker is busy for as long as it may and has no answer. */
    ATTEMPT_HANG(Part.ATTEMPT, 50),
    /** The scores are no numbers. */
    ATTEMPT_NAN(Part.ATTEMPT, 50),
    /** Everything that was stored is gone. */
    STORE_EVICT(Part.STORE, 160),
    /** What is written is not kept. */
    STORE_LOSE(Part.STORE, 160),
    /** What is read is from before the last writes. */
    STORE_STALE(Part.STORE, 160),
    /** The store cannot be reached for a while. */
    STORE_PARTITION(Part.STORE, 160),
    /** A result comes back that came before. */
    LOOP_REPEAT(Part.LOOP, 100),
    /** The search is asked to stop. */
    LOOP_STOP(Part.LOOP, 100),
    /** Another process takes the search over and finishes it. */
    LOOP_TAKEOVER(Part.LOOP, 100);

    private final Part part;
    private final int range;

    Kind(Part part, int range) {
      this.part = part;
      this.range = range;
    }

    Part part() {
      return part;
    }

    /** Uses among which a schedule chooses. */
    int range() {
      return range;
    }
  }

  static Fault parse(String text) {
    String[] parts = text.split("@");
    return new Fault(Kind.valueOf(parts[0]), Long.parseLong(parts[1]));
  }

  @Override
  public String toString() {
    return kind + "@" + at;
  }
}
