package io.github.item2vec.recommend;

/** A model that lists can be scored with. */
public interface ItemVectorsModel {
  /** The vectors, on the driver. */
  ItemVectors itemVectors();
}
