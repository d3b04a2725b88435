"""Sending statements on to other record stores.

`outbox` writes rows with the statements and wakes the worker; `filling` adds spans of the past;
`worker` empties the outbox under a `lease`: `payload` says what is sent, `delivery` sends batches
and splits those that are refused, `answers` judges what came back; `destinations` is what operators
change.
"""
