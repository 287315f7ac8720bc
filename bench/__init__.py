"""Measurements that ``make bench`` prints beside their goals; each module has ``measure(env)``."""
