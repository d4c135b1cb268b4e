package dev.espalier.worker.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hazelcast.client.HazelcastClient;
import com.hazelcast.client.config.ClientConfig;
import com.hazelcast.config.Config;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.EntryProcessor;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

final class CacheMemberTest {

  private static CacheMember member;

  @BeforeAll
  static void startMember() {
    member = CacheMember.start(CacheSettings.LOOPBACK, "member-test", "");
  }

  @AfterAll
  static void stopMember() {
    member.close();
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void start_loopback_listensOnLoopbackOnly() throws IOException {
    List<OpenSockets.Listener> listeners = OpenSockets.listeners();

    assertThat(listeners)
        .anySatisfy(listener -> assertThat(member.listening()).endsWith(":" + listener.port()))
        .allSatisfy(listener -> assertThat(listener.address().isLoopbackAddress()).isTrue());
    assertThat(OpenSockets.datagramSockets()).isEmpty();
  }

  @Test
  void address_portZero_isTheOneThatWasFree() {
    assertThat(member.listening()).matches("127\\.0\\.0\\.1:[1-9]\\d+");
  }

  @Test
  void member_config_hasEveryOpeningShut() {
    Config config = HardenedConfig.member(CacheSettings.LOOPBACK, "any");

    assertThat(config.getProperty("hazelcast.socket.bind.any")).isEqualTo("false");
    assertThat(config.getProperty("hazelcast.phone.home.enabled")).isEqualTo("false");
    assertThat(config.getJetConfig().isEnabled()).isFalse();
    assertThat(config.getJetConfig().isResourceUploadEnabled()).isFalse();
    assertThat(config.getRestConfig().isEnabled()).isFalse();
    assertThat(config.getNetworkConfig().isPortAutoIncrement()).isFalse();
    assertThat(config.getNetworkConfig().getJoin().getAutoDetectionConfig().isEnabled()).isFalse();
    assertThat(config.getNetworkConfig().getJoin().getMulticastConfig().isEnabled()).isFalse();
    assertThat(config.getNetworkConfig().getJoin().getTcpIpConfig().getMembers()).isEmpty();
    assertThat(config.getManagementCenterConfig().isScriptingEnabled()).isFalse();
    assertThat(config.getManagementCenterConfig().isConsoleEnabled()).isFalse();
    assertThat(config.getManagementCenterConfig().isDataAccessEnabled()).isFalse();
    assertThat(config.getMapConfig(HardenedConfig.MAP).getEvictionConfig().getSize())
        .isEqualTo(CacheSettings.LOOPBACK.memoryMegabytes());
  }

  @Test
  void member_codeFromOutside_isNotRead() {
    ClientConfig permissive = HardenedConfig.client(member.address());
    permissive.getSerializationConfig().setJavaSerializationFilterConfig(null);
    HazelcastInstance client = HazelcastClient.newHazelcastClient(permissive);
    try {
      EntryProcessor<String, byte[], String> code = entry -> "was run";

      assertThatThrownBy(
              () -> client.<String, byte[]>getMap(HardenedConfig.MAP).executeOnKey("key", code))
          .hasStackTraceContaining("is not allowed");
    } finally {
      client.shutdown();
    }
  }
}
