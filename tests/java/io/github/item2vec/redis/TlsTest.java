package io.github.item2vec.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.item2vec.redis.embedded.EmbeddedRedis;
import io.github.item2vec.redis.embedded.TestPorts;
import io.github.item2vec.redis.generation.PublishedGenerations;
import io.github.item2vec.redis.generation.RedisServerCheck;
import io.github.item2vec.redis.layout.ValueLayout;
import io.github.item2vec.redis.server.RedisException;
import io.github.item2vec.redis.server.RedisTarget;
import io.github.item2vec.redis.server.TlsKeys;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that speaks TLS and asks for a certificate, and one whose certificate names another. */
final class TlsTest extends RedisFixture {
  @TempDir static Path directory;

  private static EmbeddedRedis server;
  private static RedisTarget target;
  private static EmbeddedRedis stranger;
  private static RedisTarget strangerTarget;

  @BeforeAll
  static void start() throws Exception {
    certificate("here", "ip:127.0.0.1");
    certificate("elsewhere", "dns:elsewhere.example.org");
    int port = TestPorts.next();
    server = start("here", port, "yes");
    target = RedisTarget.parse("rediss://127.0.0.1:" + port);
    int strangerPort = TestPorts.next();
    stranger = start("elsewhere", strangerPort, "no");
    strangerTarget = RedisTarget.parse("rediss://127.0.0.1:" + strangerPort);
  }

  @AfterAll
  static void stop() {
    server.close();
    stranger.close();
  }

  @Test
  void aTrustedServerGetsTheListsOfAKnownClient() {
    writer(target, ValueLayout.LIST_TEXT, lists(5, 0, 10))
        .option("tls-ca", path("here.crt"))
        .option("tls-certificate", path("here.crt"))
        .option("tls-key", path("here.key"))
        .save();
    assertThat(new PublishedGenerations(server.target(), "recs:").verify(ValueLayout.LIST_TEXT))
        .isEqualTo(5);
  }

  @Test
  void aClientWithoutACertificateIsRefused() {
    RedisTarget nobody =
        target.withTlsKeys(
            TlsKeys.read(Optional.of(path("here.crt")), Optional.empty(), Optional.empty()));
    assertThat(refusal(nobody)).hasMessageContaining("" + target);
  }

  @Test
  void anUnknownAuthorityIsNamed() {
    assertThat(refusal(strangerTarget)).hasMessageContaining("tls-ca");
  }

  @Test
  void aCertificateOfAnotherHostIsRefused() {
    RedisTarget trusted =
        strangerTarget.withTlsKeys(
            TlsKeys.read(Optional.of(path("elsewhere.crt")), Optional.empty(), Optional.empty()));
    assertThat(refusal(trusted))
        .hasMessageContaining("TLS failed")
        .hasMessageContaining("127.0.0.1");
  }

  @Test
  void aPlainConnectionToATlsPortFails() {
    assertThat(refusal(target.withTls(false))).hasMessageContaining("" + target.port());
  }

  @Test
  void aFileThatIsNoKeyIsNamed() throws IOException {
    Path none = Files.writeString(directory.resolve("none.pem"), "no certificate");
    assertThatThrownBy(
            () ->
                TlsKeys.read(
                    Optional.empty(), Optional.of(path("here.crt")), Optional.of("" + none)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("none.pem");
    assertThatThrownBy(
            () -> TlsKeys.read(Optional.of("/nowhere"), Optional.empty(), Optional.empty()))
        .hasMessageContaining("/nowhere");
  }

  private static RedisException refusal(RedisTarget target) {
    return catchThrowableOfType(
        RedisException.class, () -> RedisServerCheck.require(target.withTimeout(2000)));
  }

  private static EmbeddedRedis start(String name, int port, String askClients) {
    return EmbeddedRedis.startFromArtifact(
        "--tls-port", "" + port,
        "--tls-cert-file", path(name + ".crt"),
        "--tls-key-file", path(name + ".key"),
        "--tls-ca-cert-file", path(name + ".crt"),
        "--tls-auth-clients", askClients);
  }

  /** A certificate that signs itself, and its key, as PEM files. */
  private static void certificate(String name, String host) throws Exception {
    Path store = directory.resolve(name + ".p12");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of("-genkeypair", "-alias", name, "-keyalg", "RSA", "-keysize", "2048"));
    command.addAll(List.of("-dname", "CN=" + name, "-ext", "san=" + host, "-validity", "2"));
    command.addAll(List.of("-storetype", "PKCS12", "-storepass", "secret"));
    command.addAll(List.of("-keystore", store.toString()));
    assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, "secret".toCharArray());
    }
    pem(name + ".crt", "CERTIFICATE", keys.getCertificate(name).getEncoded());
    pem(name + ".key", "PRIVATE KEY", keys.getKey(name, "secret".toCharArray()).getEncoded());
  }

  private static void pem(String file, String kind, byte[] content) throws IOException {
    String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
    Files.writeString(
        directory.resolve(file),
        "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(kind, base64, kind));
  }

  private static String path(String file) {
    return directory.resolve(file).toString();
  }
}
