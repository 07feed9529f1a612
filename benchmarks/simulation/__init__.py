"""Simulated claims of 47 branches over two fiscal years, and the true answers to what is asked about them.

`branches` and `office_days` say who works when, `drawing` draws the claims of one branch in one month, `answers` counts
them, `months` does this for all branches, `tables` adds up, `files` and `readme` write, and `generating` runs the whole.
"""
