"""Questions that lean on what was said before."""

from __future__ import annotations

from tests.assistant import Assistant


def test_a_question_without_a_topic_is_about_the_last_one(assistant: Assistant) -> None:
    conversation = assistant.conversation("client")
    conversation.says("wat is wgb")
    assert conversation.says("en voor wie is dat?").answer_ids[0].startswith("wgb/")
    assert conversation.says("hoe lang duurt het?").answer_ids[0].startswith("wgb/")


def test_en_bij_asks_the_last_question_of_another_topic(assistant: Assistant) -> None:
    conversation = assistant.conversation("client")
    conversation.says("hoe lang duurt wgb?")
    assert conversation.says("en bij ips?").answer_ids[0].startswith("ips")


def test_a_correction_changes_the_topic(assistant: Assistant) -> None:
    conversation = assistant.conversation("client")
    conversation.says("wat is ips")
    assert conversation.says("nee, ik bedoel fit4work").answer_ids[0].startswith("fit4work/")


def test_waar_staat_dat_gives_the_source_of_the_last_answer(assistant: Assistant) -> None:
    conversation = assistant.conversation("professional")
    first = conversation.says("wie betaalt de eerste gesprekken van ips?")
    where = conversation.says("waar staat dat?")
    assert where.sources[0]["title"] == first.sources[0]["title"]
    assert first.sources[0]["title"] in where.text


def test_without_an_answer_there_is_no_source(assistant: Assistant) -> None:
    assert "nog geen antwoord" in assistant.conversation().says("waar staat dat?").text


def test_simpler_and_more_detail_give_the_other_voice(assistant: Assistant) -> None:
    conversation = assistant.conversation("professional")
    exact = conversation.says("wat zijn de kenmerken van ips")
    plain = conversation.says("leg dat eens makkelijker uit")
    assert plain.answer_ids == exact.answer_ids and plain.text != exact.text
    assert conversation.says("geef me meer details").answer_ids == exact.answer_ids


def test_two_topics_are_compared(assistant: Assistant) -> None:
    reply = assistant.conversation("professional").says(
        "wat is het verschil tussen empowerment en de individuele rehabilitatiebenadering"
    )
    assert "Empowerment" in reply.text and "rehabilitatie" in reply.text
    table = reply.messages[-1]["custom"]["table"]
    assert len(table["columns"]) == 3 and all(len(row) == 3 for row in table["rows"])


def test_a_button_gives_the_answer_that_it_names(assistant: Assistant) -> None:
    conversation = assistant.conversation("client")
    reply = conversation.says("kan ik meedoen met wgb als ik bijstand heb?")
    title, payload = next(item for item in reply.buttons.items() if item[1].startswith("/choose"))
    assert conversation.presses(reply, title).answer_ids == [payload.split('"')[3]]
