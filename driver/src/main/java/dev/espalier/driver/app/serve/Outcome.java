package dev.espalier.driver.app.serve;

/** What became of a job that a service has run. */
enum Outcome {
  DONE,
  STOPPED,
  FAILED,
  /** Its files could not be used, but may be when it is tried again. */
  LOST
}
