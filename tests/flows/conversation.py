"""`conversation.asks("uitkering").answers("wia")`: a flow test that reads as a conversation.

It drives the flow object itself; its failures say what was asked, and what was understood.
"""

from __future__ import annotations

from bot.flows.engine import Flow, Outcome, State

TODAY = "2026-11-22"


class Conversation:
    def __init__(self, flow: Flow, *topics: str):
        self.flow = flow
        self.state = State(topics=list(topics))
        self.opening = flow.opening(self.state)
        self.step = flow.advance(self.state)

    def asks(self, name: str) -> Conversation:
        asked = self.step.id if self.step else "nothing: it is at its outcome"
        assert asked == name, f"asks {asked}, not {name}; known so far: {self.state.answers}"
        return self

    def answers(self, text: str) -> Conversation:
        assert self.step is not None, f"nothing is asked, so {text!r} answers nothing"
        heard = self.flow.hear(self.state, text)
        assert heard.values, f"{text!r} is not understood as an answer to {self.step.id}"
        self.flow.take(self.state, heard.values)
        self.step = self.flow.advance(self.state)
        return self

    def does_not_understand(self, text: str) -> Conversation:
        assert self.step is not None
        heard = self.flow.hear(self.state, text)
        assert self.step.id not in heard.values, f"{text!r} is understood as {heard.values}"
        return self

    def skips(self) -> Conversation:
        self.flow.skip(self.state)
        self.step = self.flow.advance(self.state)
        return self

    def goes_back(self, text: str = "") -> Conversation:
        assert self.flow.back(self.state, text), "there is no earlier question"
        self.step = self.flow.advance(self.state)
        return self

    def knows(self, **values: object) -> Conversation:
        known = {name: self.state.answers.get(name) for name in values}
        wanted = {name: [value] if isinstance(value, str) else value for name, value in values.items()}
        assert known == wanted
        return self

    def ends(self, today: str = TODAY) -> Outcome:
        assert self.step is None, f"still asks {self.step.id}"
        return self.flow.outcome(self.state, today)

    def so_far(self, today: str = TODAY) -> Outcome:
        return self.flow.outcome(self.state, today)
