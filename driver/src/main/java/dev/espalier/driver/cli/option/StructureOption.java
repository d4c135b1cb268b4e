package dev.espalier.driver.cli.option;

import dev.espalier.driver.app.JobView;
import dev.espalier.driver.service.JobId;
import dev.espalier.search.space.Structure;
import picocli.CommandLine.Parameters;

/** Which structure of which job a command is about. */
public final class StructureOption {

  @Parameters(index = "0", paramLabel = "ID", description = "The job.")
  @SuppressWarnings("NullAway.Init")
  private String id;

  @Parameters(
      index = "1",
      paramLabel = "STRUCTURE",
      description = "best, the first digits of its id, or its genes, like 30-12-5.")
  @SuppressWarnings("NullAway.Init")
  private String structure;

  /** The id of the job as it was typed. */
  public String id() {
    return id;
  }

  /** The job, wherever jobs live. */
  public JobView job(HomeOption home) {
    return JobView.of(home.home(), home.jobs().find(new JobId(id)));
  }

  /** The structure of that job. */
  public Structure of(JobView job) {
    return job.structure(structure);
  }
}
