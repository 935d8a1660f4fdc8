package io.github.item2vec.redis.layout;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/**
 * Turns ids into UUIDs, the same in every run: version 5 (RFC 9562, section 5.5: SHA-1 of a
 * namespace and the id's UTF-8 bytes). An id that is already a UUID's text stays that UUID. Pure,
 * about a microsecond an id, used on the driver and inside tasks.
 *
 * <p>Any other language gets the same values: the namespaces are {@code uuid5(PROJECT, "users")}
 * and {@code uuid5(PROJECT, "items")}, where PROJECT is {@code uuid5(NAMESPACE_DNS,
 * "item2vec.github.io")}.
 */
public final class IdMapping implements Serializable {
  /** Namespace of user ids. */
  public static final UUID USERS = UUID.fromString("29ccd838-feba-59c5-b890-d1698bf539ae");

  /** Namespace of item ids. */
  public static final UUID ITEMS = UUID.fromString("fb8d14f5-3374-5052-9506-449c15c3b3b2");

  private static final long serialVersionUID = 1L;

  private final UUID namespace;

  private IdMapping(UUID namespace) {
    this.namespace = namespace;
  }

  /** The mapping of user ids. */
  public static IdMapping users() {
    return new IdMapping(USERS);
  }

  /** The mapping of item ids. */
  public static IdMapping items() {
    return new IdMapping(ITEMS);
  }

  /** A mapping under a namespace of the caller's own. */
  public static IdMapping of(UUID namespace) {
    return new IdMapping(namespace);
  }

  /** The UUID of an id; for text of the form 8-4-4-4-12 hexadecimal digits, that UUID. */
  public UUID uuid(String id) {
    return uuid(id.getBytes(StandardCharsets.UTF_8));
  }

  /** As {@link #uuid(String)}, of the id's UTF-8 bytes. */
  public UUID uuid(byte[] id) {
    UUID same = UuidForm.parse(id);
    return same != null ? same : version5(id);
  }

  private UUID version5(byte[] id) {
    MessageDigest sha1 = sha1();
    sha1.update(UuidForm.BINARY.bytes(namespace));
    ByteBuffer hash = ByteBuffer.wrap(sha1.digest(id));
    long high = (hash.getLong() & ~0xF000L) | 0x5000L; // version 5
    long low = (hash.getLong() & 0x3FFFFFFFFFFFFFFFL) | 0x8000000000000000L; // RFC variant
    return new UUID(high, low);
  }

  private static MessageDigest sha1() {
    try {
      return MessageDigest.getInstance("SHA-1");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-1", e);
    }
  }
}
