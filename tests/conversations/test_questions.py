"""Real questions to the real assistant: the answer is right, sourced, and in the right voice."""

from __future__ import annotations

from tests.assistant import Assistant


def test_a_client_hears_who_pays_the_first_talks_of_ips(assistant: Assistant) -> None:
    reply = assistant.conversation("client").says("wie betaalt de eerste gesprekken van ips?")
    assert "answer" in reply.kinds
    assert "zorgverzeker" in reply.text.lower()
    assert "acht" in reply.text
    assert any("routekaart" in source["title"].lower() and source["locator"] for source in reply.sources)


def test_a_client_on_bijstand_hears_that_wgb_asks_another_benefit(assistant: Assistant) -> None:
    reply = assistant.conversation("client").says("kan ik meedoen met wgb als ik bijstand heb?")
    for benefit in ("Ziektewet", "WIA", "Wajong", "'s-Hertogenbosch"):
        assert benefit in reply.text
    assert "phrenos" in str(reply.sources).lower()


def test_coral_is_explained_and_credited(assistant: Assistant) -> None:
    reply = assistant.conversation("client").says("wat is coral")
    assert "Conceal Or ReveAL" in reply.text
    assert reply.sources


def test_the_openness_question_gets_a_weighing_and_no_advice(assistant: Assistant) -> None:
    reply = assistant.conversation("client").says("moet ik mn baas vertellen dat ik depressief ben")
    assert "CORAL" in reply.text
    assert "je moet het" not in reply.text.lower()
    assert "/start_disclosure" in reply.buttons.values()


def test_a_professional_reads_another_voice_than_a_client(assistant: Assistant) -> None:
    question = "wat zijn de kenmerken van ips"
    client = assistant.conversation("client").says(question)
    professional = assistant.conversation("professional").says(question)
    assert client.answer_ids == professional.answer_ids
    assert client.text != professional.text


def test_every_reply_keeps_the_contract(assistant: Assistant) -> None:
    conversation = assistant.conversation()
    for text in ("hoi", "wat is wgb", "hoeveel wajong krijg ik per maand", "asdfghjkl", "waar staat dat?"):
        reply = conversation.says(text)
        assert reply.text.strip()
        custom = next(m["custom"] for m in reply.messages if m.get("custom", {}).get("kind"))
        assert custom["kind"] in {"answer", "clarify", "no_answer", "handover", "smalltalk", "flow", "crisis"}


def test_the_first_reply_says_that_it_is_a_computer_and_later_ones_do_not(assistant: Assistant) -> None:
    conversation = assistant.conversation()
    assert "geen mens" in conversation.says("wat is ips").text
    assert "geen mens" not in conversation.says("wat is wgb").text


def test_ben_je_een_mens_always_gets_no(assistant: Assistant) -> None:
    for question in ("ben je een mens?", "praat ik met een echt persoon of een robot"):
        assert "Nee, ik ben geen mens" in assistant.conversation().says(question).text


def test_the_amount_of_a_benefit_is_not_known_and_no_lookalike_is_given(assistant: Assistant) -> None:
    reply = assistant.conversation("client").says("hoeveel wajong krijg ik per maand in euro's?")
    assert reply.kinds == ["no_answer"]
    assert "weet ik niet" in reply.text
    assert "€" not in reply.text


def test_markup_is_not_executed_or_echoed(assistant: Assistant) -> None:
    reply = assistant.conversation().says("<img src=x onerror=alert(1)> wie is de koning")
    assert "<img" not in str(reply.messages)


def test_english_gets_one_english_sentence(assistant: Assistant) -> None:
    assert "only speak Dutch" in assistant.conversation().says("hello can you help me find a job please").text
