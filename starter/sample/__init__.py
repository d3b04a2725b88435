"""Sample data: invented people on real hospitals, for development and demonstration.

Never loaded in production (`SAMPLE_DATA_ALLOWED`), and apart from the starter content, which any
site may load. The same day gives the same data. Names, telephone numbers (of the ranges kept for
fiction) and addresses (`.test`) are invented; the hospitals are the register's.
"""
