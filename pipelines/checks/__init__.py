"""Plausibility, judged by Great Expectations: what arrived, and the marts before publishing."""
