"""The Params of Item2Vec, divided as the interfaces of io.github.item2vec.train are.

A test compares names, docs and defaults with those of the Java estimator.
"""
