package io.github.item2vec.redis.server;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/**
 * Whom a TLS connection trusts and what it shows, as PEM text: read once on the driver, so that the
 * executors need no files. Travels into tasks; {@link #toString()} shows nothing.
 *
 * @param authority certificates to trust instead of the JVM's; empty for the JVM's
 * @param certificate the client's own chain, its own first; empty for none
 * @param key the private key of that, PKCS #8 without a password; empty for none
 */
public record TlsKeys(String authority, String certificate, String key) implements Serializable {
  /** The JVM's authorities, no certificate of the client's own. */
  public static final TlsKeys DEFAULT = new TlsKeys("", "", "");

  private static final char[] NO_PASSWORD = {};

  /** Checks that certificate and key come together. */
  public TlsKeys {
    if (certificate.isEmpty() != key.isEmpty()) {
      throw new IllegalArgumentException("TLS: a client certificate and its key go together");
    }
  }

  /**
   * Reads PEM files of this machine.
   *
   * @throws IllegalArgumentException naming the file that cannot be read or holds something else
   */
  public static TlsKeys read(
      Optional<String> authority, Optional<String> certificate, Optional<String> key) {
    TlsKeys keys = new TlsKeys(text(authority), text(certificate), text(key));
    try {
      keys.context();
      return keys;
    } catch (GeneralSecurityException | IOException | IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "TLS: no PEM certificates, or no PKCS #8 key, in %s %s %s: %s"
              .formatted(
                  authority.orElse(""), certificate.orElse(""), key.orElse(""), e.getMessage()),
          e);
    }
  }

  SSLContext context() throws GeneralSecurityException, IOException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keyManagers(), trustManagers(), null);
    return context;
  }

  @Override
  public String toString() {
    return "TlsKeys[...]";
  }

  private TrustManager[] trustManagers() throws GeneralSecurityException, IOException {
    if (authority.isEmpty()) {
      return null; // the JVM's own
    }
    KeyStore trusted = emptyStore();
    for (Certificate one : certificates(authority)) {
      trusted.setCertificateEntry("authority " + trusted.size(), one);
    }
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(trusted);
    return factory.getTrustManagers();
  }

  private KeyManager[] keyManagers() throws GeneralSecurityException, IOException {
    if (certificate.isEmpty()) {
      return null; // none
    }
    KeyStore own = emptyStore();
    own.setKeyEntry("client", privateKey(), NO_PASSWORD, certificates(certificate));
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(own, NO_PASSWORD);
    return factory.getKeyManagers();
  }

  private PrivateKey privateKey() throws GeneralSecurityException {
    String base64 = key.replaceAll("-----[A-Z ]+-----|\\s", "");
    PKCS8EncodedKeySpec encoded = new PKCS8EncodedKeySpec(Base64.getDecoder().decode(base64));
    try {
      return KeyFactory.getInstance("RSA").generatePrivate(encoded);
    } catch (InvalidKeySpecException noRsaKey) {
      return KeyFactory.getInstance("EC").generatePrivate(encoded);
    }
  }

  private static Certificate[] certificates(String pem) throws GeneralSecurityException {
    return CertificateFactory.getInstance("X.509")
        .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)))
        .toArray(Certificate[]::new);
  }

  private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, NO_PASSWORD);
    return store;
  }

  private static String text(Optional<String> file) {
    try {
      return file.isEmpty() ? "" : Files.readString(Path.of(file.get()));
    } catch (IOException e) {
      throw new IllegalArgumentException("TLS: cannot read " + file.get(), e);
    }
  }
}
