package dev.espalier.driver.app.profile;

import dev.espalier.driver.app.watch.JobListener;
import dev.espalier.driver.app.watch.Progress;
import dev.espalier.driver.service.Stage;
import dev.espalier.pruningnet.onnx.profile.Effort;
import dev.espalier.pruningnet.onnx.profile.Profiler;
import dev.espalier.search.latency.Device;
import dev.espalier.search.latency.Kernel;
import dev.espalier.search.latency.LatencyTable;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Makes a table on this machine.
 *
 * @param device what it is
 * @param effort how thoroughly each kernel is timed
 * @param widths at most so many in one direction
 */
public record Profiling(Device device, Effort effort, int widths) {

  /** The table of a plan; empty if it was to stop, and then there is none. */
  public Optional<LatencyTable> run(ProfilePlan plan, JobListener screen, BooleanSupplier stop) {
    List<Kernel> kernels = plan.kernels(device, widths);
    screen.stage(
        Stage.PREPARING,
        "Timing %d operations of %s".formatted(kernels.size(), plan.wide().name()));
    return new Profiler(device, effort)
        .time(
            kernels,
            done -> screen.progress(new Progress(done, kernels.size(), "operations", "")),
            stop);
  }
}
