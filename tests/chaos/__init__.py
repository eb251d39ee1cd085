"""Real processes that are killed, frozen and flushed while readers submit: is anything lost, is anything told twice?"""
