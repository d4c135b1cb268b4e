package dev.espalier.driver.service;

import java.nio.file.Path;

/** A job as lists show it. */
public sealed interface ListedJob permits JobSummary, BrokenJob {

  /** The job. */
  JobId id();

  /** Where its files are. */
  Path folder();
}
