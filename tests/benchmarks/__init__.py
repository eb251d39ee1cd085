"""Measurements that print numbers; they assert nothing and are no tests."""
