package dev.espalier.driver.service;

import dev.espalier.driver.service.store.Folder;

/** A job as lists show it. */
public sealed interface ListedJob permits JobSummary, BrokenJob {

  /** The job. */
  JobId id();

  /** Where its files are. */
  Folder folder();
}
