"""Speed, memory and endurance of Koers, next to the bot that `rasa init` makes, measured in one run on one machine.

Ratios hold on other machines; the absolute figures don't. `python -m tests.benchmark` compares, `... soak` endures.
"""
