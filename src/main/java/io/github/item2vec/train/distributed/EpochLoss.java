package io.github.item2vec.train.distributed;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Adds up the losses that tasks sent, in the order in which one task adds them. */
final class EpochLoss {
  private double loss;
  private double weight;

  /** All of some chunks, in any order. */
  void add(List<byte[]> shipments) {
    List<byte[]> blocks = new ArrayList<>(shipments);
    blocks.sort(Shipment::compare);
    double chunk = 0;
    int at = 0;
    while (at < blocks.size()) {
      int round = Shipment.first(blocks.get(at));
      double sum = 0;
      while (at < blocks.size() && Shipment.first(blocks.get(at)) == round) {
        ByteBuffer block = Shipment.body(blocks.get(at++));
        sum += block.getDouble();
        weight += block.getDouble();
      }
      chunk += sum;
    }
    loss += chunk;
  }

  double mean() {
    return weight == 0 ? 0 : loss / weight;
  }
}
