"""Measure how well questions are answered, on labelled questions that nothing was learnt from."""
