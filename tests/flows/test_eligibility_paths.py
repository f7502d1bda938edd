"""Over all paths of the check: it ends, asks nothing twice and at most eight times, and agrees with the database."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from bot.flows.engine import State
from bot.flows.library import ELIGIBILITY

_SETTINGS = settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
_JUDGED = text('SELECT topic, field, operator, "values" FROM knowledge_criterion')


def _expected(engine, topics, answers):
    """Verdicts from the rows themselves, without the code under test."""
    failed, unknown = set(), set()
    with engine.connect() as connection:
        for topic, field, operator, values in connection.execute(_JUDGED):
            if topics and topic not in topics:
                continue
            given_values = answers.get(field)
            if not given_values:
                unknown.add(topic)
            elif any(value in values.split("\n") for value in given_values) == (operator == "geen_van"):
                failed.add(topic)
            else:
                unknown.discard(None)
        all_topics = {row[0] for row in connection.execute(_JUDGED)}
    wanted = set(topics) or all_topics
    return {topic: "past_niet" if topic in failed else "misschien" if topic in unknown else "past" for topic in wanted}


@_SETTINGS
@given(data=st.data())
def test_every_path_ends_and_agrees_with_the_criteria_in_the_database(engine, library, data):
    flow = library.get(ELIGIBILITY, "client")
    everything = flow.subjects(State())
    topics = data.draw(st.lists(st.sampled_from(everything), unique=True, max_size=3))
    regions = ["noordoost-brabant", "groot-amsterdam"]
    state, asked = State(topics=topics), []
    while (step := flow.advance(state)) is not None:
        assert step.id not in asked, f"{step.id} is asked twice"
        asked.append(step.id)
        assert len(asked) <= 8
        values = [option.value for option in flow.options(step, state)] or regions
        flow.take(state, {step.id: data.draw(st.lists(st.sampled_from(values), unique=True, max_size=2))})
    outcome = flow.outcome(state, "2026-11-22")
    assert outcome.verdicts == _expected(engine, topics, flow.known(state))
    assert outcome.text
    wanted = {criterion for topic in topics or everything for criterion in _fields(engine, topic)}
    assert set(asked) <= wanted, "asks only what the topics' criteria need"


@_SETTINGS
@given(data=st.data())
def test_going_back_anywhere_never_breaks_the_check(library, data):
    flow = library.get(ELIGIBILITY, "client")
    state = State()
    for _ in range(30):
        step = flow.advance(state)
        if step is None:
            break
        if data.draw(st.integers(0, 3)) == 0:
            flow.back(state)
        else:
            values = [option.value for option in flow.options(step, state)] or ["groot-amsterdam"]
            flow.take(state, {step.id: data.draw(st.lists(st.sampled_from(values), max_size=1))})
        assert len(state.asked) == len(set(state.asked)) <= 8
    assert flow.outcome(state, "2026-11-22").text


def _fields(engine, topic):
    with engine.connect() as connection:
        return {row[1] for row in connection.execute(_JUDGED) if row[0] == topic}
