package dev.espalier.driver.service.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.driver.config.Home;
import dev.espalier.driver.service.store.FaultyStore;
import dev.espalier.driver.service.store.MemoryFolder;
import dev.espalier.driver.service.store.Store;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceLeaseTest {

  @TempDir private Path root;
  private Services services;
  private ServiceFolder folder;

  @BeforeEach
  void open() {
    services = Services.in(new Home(root));
    folder = ServiceFolder.of(services.store());
    folder.make();
  }

  @Test
  void await_freeHome_tellsWhoServesAndWithWhatLimits() {
    try (ServiceLease lease = services.serve(3, 4)) {
      Lease told = folder.living(Instant.MAX).orElseThrow();

      assertThat(told).isEqualTo(lease.lease());
      assertThat(told.epoch()).isEqualTo(1);
      assertThat(told.process()).isEqualTo(ProcessHandle.current().pid());
      assertThat(told.policy()).isEqualTo(new QueuePolicy(3, 4));
    }
    assertThat(folder.living(Instant.EPOCH)).isEmpty();
    assertThat(folder.lease().orElseThrow().open()).isFalse();
  }

  @Test
  void await_anotherServes_standsByAndTakesOverWithTheNextEpoch() throws Exception {
    ServiceLease first = services.serve(1, 1);
    CountDownLatch standsBy = new CountDownLatch(1);
    CompletableFuture<ServiceLease> second =
        CompletableFuture.supplyAsync(
            () ->
                ServiceLease.await(
                        folder,
                        new QueuePolicy(1, 1),
                        "local",
                        services.clock(),
                        () -> false,
                        note -> standsBy.countDown())
                    .orElseThrow());

    assertThat(standsBy.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(second).isNotDone();
    first.close();

    try (ServiceLease lease = second.get(10, TimeUnit.SECONDS)) {
      assertThat(lease.lease().epoch()).isEqualTo(2);
    }
  }

  private void standsByUntilToldToStop() {
    List<String> told = new ArrayList<>();

    assertThat(
            ServiceLease.await(
                folder, new QueuePolicy(1, 1), "local", services.clock(), () -> true, told::add))
        .isEmpty();
    assertThat(told).containsExactly("Stands by: another service runs these jobs");
  }

  @Test
  void await_toldToStopWhileStandingBy_isNothing() {
    try (ServiceLease first = services.serve(1, 1)) {
      standsByUntilToldToStop();
    }
  }

  @Test
  void await_serviceOfAnotherMachineGaveSignsOfLife_standsBy() {
    folder.write(elsewhere(5, Instant.EPOCH));

    standsByUntilToldToStop();
  }

  @Test
  void await_somebodyHasClaimedAnEpochAndNotYetToldSo_standsBy() {
    folder = new ServiceFolder(new MemoryFolder());
    assertThat(folder.claim(1)).isTrue();

    standsByUntilToldToStop();
  }

  @Test
  void await_endedInOrderAndSomebodyHasClaimedTheNextEpoch_standsBy() {
    folder = new ServiceFolder(new MemoryFolder());
    folder.claim(5);
    folder.write(elsewhere(5, Instant.EPOCH).closed(Instant.EPOCH));
    assertThat(folder.claim(6)).isTrue();

    standsByUntilToldToStop();
  }

  @Test
  void await_serviceOfThisMachineThatNoLockTellsOf_standsByWhileItMayLive() {
    folder = new ServiceFolder(new MemoryFolder());
    Lease mine = elsewhere(5, Instant.EPOCH);
    folder.write(
        new Lease(
            5,
            ServiceFolder.host(),
            1,
            mine.begun(),
            mine.heartbeat(),
            true,
            "local",
            mine.policy()));

    standsByUntilToldToStop();
    assertThat(folder.living(Instant.EPOCH.plusSeconds(1))).isPresent();
  }

  @Test
  void await_severalWaitWithoutALock_oneTakesOver() {
    Services shared = Services.in(Store.shared(new MemoryFolder()));

    long epochs =
        IntStream.range(0, 4)
            .parallel()
            .mapToObj(
                i ->
                    ServiceLease.await(
                        ServiceFolder.of(shared.store()),
                        new QueuePolicy(1, 1),
                        "local",
                        shared.clock(),
                        () -> true,
                        note -> {}))
            .flatMap(Optional::stream)
            .filter(ServiceLeaseTest::owns)
            .count();

    assertThat(epochs).isEqualTo(1);
  }

  private static boolean owns(ServiceLease lease) {
    try {
      lease.requireOwner();
      return true;
    } catch (LeaseLostException e) {
      return false;
    }
  }

  @Test
  void living_serviceOfAnotherMachine_isDeadOnceItIsSilent() {
    Instant beat = Instant.ofEpochSecond(100);
    folder.write(elsewhere(5, beat));

    assertThat(folder.living(beat.plusSeconds(1))).isPresent();
    assertThat(folder.living(beat.plus(ServiceFolder.SILENCE))).isEmpty();
  }

  @Test
  void living_serviceOfThisMachineWithoutLock_isDeadAtOnce() {
    services.serve(1, 1).close();
    Lease died = folder.lease().orElseThrow();
    folder.write(
        new Lease(9, died.host(), 1, died.begun(), died.begun(), true, "local", died.policy()));

    assertThat(folder.living(died.begun())).isEmpty();
  }

  @Test
  void requireOwner_higherEpochClaimed_isLost() {
    try (ServiceLease lease = services.serve(1, 1)) {
      lease.requireOwner();
      assertThat(folder.claim(2)).isTrue();

      assertThatThrownBy(lease::requireOwner)
          .isInstanceOf(LeaseLostException.class)
          .hasMessageContaining("another service has taken over");
    }
    assertThat(folder.lease().orElseThrow().open()).isTrue();
  }

  @Test
  void claim_sameEpochTwice_succeedsOnce() {
    assertThat(folder.claim(4)).isTrue();
    assertThat(folder.claim(4)).isFalse();
    assertThat(folder.latestEpoch()).isEqualTo(4);
  }

  @Test
  void await_storeCannotBeUsedForAWhile_saysItOnceAndTakesOver() throws Exception {
    FaultyStore faults = new FaultyStore(new MemoryFolder());
    ServiceFolder faulty = ServiceFolder.of(Store.shared(faults.root()));
    CountDownLatch standsBy = new CountDownLatch(2);
    List<String> told = new CopyOnWriteArrayList<>();
    faults.fail(request -> request.startsWith("create"));
    CompletableFuture<ServiceLease> waiting =
        CompletableFuture.supplyAsync(
            () ->
                ServiceLease.await(
                        faulty,
                        new QueuePolicy(1, 1),
                        "local",
                        services.clock(),
                        () -> {
                          standsBy.countDown();
                          return false;
                        },
                        told::add)
                    .orElseThrow());

    assertThat(standsBy.await(10, TimeUnit.SECONDS)).isTrue();
    faults.recover();

    try (ServiceLease lease = waiting.get(10, TimeUnit.SECONDS)) {
      assertThat(lease.lease().epoch()).isEqualTo(1);
    }
    assertThat(told).hasSize(1);
    assertThat(told.get(0)).startsWith("cannot create").endsWith("; tries again");
  }

  @Test
  void claim_epochThatWasClaimedAndRemovedMeanwhile_isGivenBack() {
    assertThat(folder.claim(4)).isTrue();
    assertThat(folder.claim(5)).isTrue();

    assertThat(folder.claim(4)).isFalse();
    assertThat(folder.folder().names()).contains("epoch-5").doesNotContain("epoch-4");
  }

  @Test
  void latestEpoch_namesThatAreNotOurs_areIgnored() {
    folder.claim(4);
    for (String stray : List.of("epoch-", "epoch-foo", "epoch-12x", "epoch-4.bak", "epoch--9")) {
      folder.folder().write(stray, new byte[0]);
    }
    folder.folder().write("epoch-99999999999999999999", new byte[0]);

    assertThat(folder.latestEpoch()).isEqualTo(4);
    assertThat(folder.claim(5)).isTrue();
    assertThat(folder.folder().names()).contains("epoch-foo", "epoch-5");
  }

  @Test
  void meanwhile_workTakesLong_saysThatTheServiceLives() {
    try (ServiceLease lease = services.serve(1, 1)) {
      Instant before = folder.lease().orElseThrow().heartbeat();

      String made = lease.meanwhile(() -> awaitHeartbeatAfter(before));

      assertThat(made).isEqualTo("made");
    }
  }

  @Test
  void meanwhile_workFails_throwsWhatItThrew() {
    try (ServiceLease lease = services.serve(1, 1)) {
      assertThatThrownBy(
              () ->
                  lease.meanwhile(
                      () -> {
                        throw new IllegalStateException("no workers");
                      }))
          .isExactlyInstanceOf(IllegalStateException.class)
          .hasMessage("no workers");
    }
  }

  @Test
  void meanwhile_serviceIsReplaced_waitsForTheWorkAllTheSame() {
    try (ServiceLease lease = services.serve(1, 1)) {
      long since = System.nanoTime();
      assertThat(folder.claim(2)).isTrue();

      String made =
          lease.meanwhile(
              () -> {
                LockSupport.parkNanos(Duration.ofMillis(2500).toNanos());
                return "made";
              });

      assertThat(made).isEqualTo("made");
      assertThat(System.nanoTime() - since).isGreaterThan(Duration.ofMillis(2400).toNanos());
      assertThatThrownBy(lease::renew).isInstanceOf(LeaseLostException.class);
    }
  }

  private String awaitHeartbeatAfter(Instant before) {
    long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    while (!folder.lease().orElseThrow().heartbeat().isAfter(before)) {
      assertThat(System.nanoTime()).as("no heartbeat").isLessThan(end);
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
    return "made";
  }

  private static Lease elsewhere(long epoch, Instant beat) {
    return new Lease(
        epoch, "elsewhere.invalid", 1, beat, beat, true, "local", new QueuePolicy(1, 1));
  }
}
