package io.github.item2vec.redis;

/**
 * What a publish did, summed on the driver over successful tasks.
 *
 * @param users lists replaced, empty ones included
 * @param items members written
 * @param commands commands sent, transactions' own included
 * @param bytesBefore the server's used memory before the first write
 * @param bytesAfter the server's used memory after the last
 */
public record PublishReport(
    long users, long items, long commands, long bytesBefore, long bytesAfter) {
  /** Growth of the server's used memory; what other clients wrote meanwhile is in it too. */
  public long bytesDelta() {
    return bytesAfter - bytesBefore;
  }
}
