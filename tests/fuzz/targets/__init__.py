"""What is fuzzed, a module for each room. Every public function takes bytes and says by AssertionError what is wrong.

`seeds.yml` is the list: a key is `module.function`, and its values are what the fuzzer starts from.
"""
