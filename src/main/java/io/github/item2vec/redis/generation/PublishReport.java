package io.github.item2vec.redis.generation;

import java.util.OptionalLong;

/**
 * What a publish did, as its generation records it.
 *
 * @param generation id
 * @param users lists stored
 * @param usersBefore lists of the generation that readers followed before; empty when there was
 *     none, or its description did not say
 * @param items members of all users' lists
 * @param similarItems items that have a list of similar items
 * @param commands commands acknowledged in successful tasks, transactions' own included
 * @param bytes memory that its keys take on the server (MEMORY USAGE, of more than 10,000 keys an
 *     estimate from the first, and what the key tables take by arithmetic)
 * @param bytesBefore the server's used memory before the first write
 * @param bytesAfter the server's used memory after the last
 */
public record PublishReport(
    String generation,
    long users,
    OptionalLong usersBefore,
    long items,
    long similarItems,
    long commands,
    long bytes,
    long bytesBefore,
    long bytesAfter) {
  /** Growth of the server's used memory; what other clients wrote meanwhile is in it too. */
  public long bytesDelta() {
    return bytesAfter - bytesBefore;
  }
}
