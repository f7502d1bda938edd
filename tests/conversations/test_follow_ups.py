"""Questions that lean on what was said before."""

from __future__ import annotations

import json
from typing import Iterator, Tuple

from tests.assistant import PROJECT, Assistant, Conversation, Turn


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


def test_a_circumstance_asks_the_last_question_once_more(assistant: Assistant) -> None:
    conversation = assistant.conversation("client")
    assert conversation.says("mag ik vrijwilligerswerk doen met ww?").answer_ids == ["vrijwilligerswerk/ww"]
    assert conversation.says("en met bijstand?").answer_ids == ["vrijwilligerswerk/bijstand"]
    assert conversation.says("en als ik een wajong heb?").answer_ids == ["vrijwilligerswerk/ziek-wia-wajong"]


def test_what_if_is_a_question_of_its_own(assistant: Assistant) -> None:
    conversation = assistant.conversation("client")
    conversation.says("mag de bedrijfsarts mijn dossier bij de ggz opvragen?")
    assert conversation.says("en als ik het oneens ben met hem?").answer_ids == ["bedrijfsarts/oneens"]


def test_a_benefit_that_is_named_besides_leaves_the_subject_in_place(assistant: Assistant) -> None:
    conversation = assistant.conversation("client")
    conversation.says("hoe lang duurt wgb?")
    assert conversation.says("kan ik dat ook doen met bijstand?").answer_ids == ["wgb/uitkering"]


def test_a_follow_up_may_be_about_what_the_answer_named(assistant: Assistant) -> None:
    conversation = assistant.conversation("client")
    assert "Howie the Harp" in conversation.says("hoe word ik zelf ervaringsdeskundige?").text
    assert conversation.says("en hoe lang duurt die opleiding?").answer_ids == ["howie-the-harp/duur"]


def test_en_in_asks_of_another_region_what_was_told_of_the_first(assistant: Assistant) -> None:
    conversation = assistant.conversation("professional")
    conversation.says("hoe werken de casusgroepen in Friesland?")
    assert conversation.says("en in Twente?").answer_ids == ["regio-twente/aanpak"]


def test_a_question_about_later_is_no_wish_to_go_on_with_a_guided_conversation(assistant: Assistant) -> None:
    conversation = assistant.conversation("client")
    conversation.says("hoeveel loon krijg ik als ik ziek ben?")
    assert conversation.says("en volgend jaar ook?").answer_ids == ["loon-bij-ziekte/tweede-jaar"]


def test_a_few_words_after_bedoel_je_complete_the_question(assistant: Assistant) -> None:
    conversation = assistant.conversation("client")
    assert conversation.says("hoe lang duurt dat?").kinds == ["clarify"]
    assert conversation.says("ips").answer_ids == ["ips/duur"]


def test_the_details_are_those_of_the_last_answer(assistant: Assistant) -> None:
    conversation = assistant.conversation("client")
    difference = conversation.says("wat is het verschil tussen ips en wgb?")
    assert conversation.says("ik ben klantmanager, dus geef me de details").answer_ids == difference.answer_ids


def test_a_price_is_asked_of_the_thing_that_the_answer_named(assistant: Assistant) -> None:
    conversation = assistant.conversation("client")
    assert conversation.says("ik ben het oneens met mijn werkgever over re-integratie, wat nu?").answer_ids == [
        "poortwachter/oneens"
    ]
    assert conversation.says("wat kost dat?").answer_ids == ["deskundigenoordeel/kosten"]


def test_and_someone_else_asks_the_last_question_of_them(assistant: Assistant) -> None:
    conversation = assistant.conversation("client")
    assert conversation.says("wat moet mijn werkgever doen als ik ziek ben?").answer_ids == [
        "poortwachter/plichten-werkgever"
    ]
    assert conversation.says("en ik zelf?").answer_ids == ["poortwachter/plichten-werknemer"]


def test_what_if_he_says_no_is_no_no(assistant: Assistant) -> None:
    conversation = assistant.conversation("client")
    conversation.says("moet mijn baas mijn werk aanpassen?")
    assert conversation.says("en als hij nee zegt?").answer_ids == ["aanpassingen-op-werk/geweigerd"]


def test_what_if_i_forget_forgets_nothing(assistant: Assistant) -> None:
    conversation = assistant.conversation("client")
    conversation.says("moet ik mijn bijbaantje doorgeven aan uwv?")
    conversation.says("en als ik het vergeet?")
    assert "komt hiervandaan" in conversation.says("waar staat dat?").text


def test_a_question_of_small_words_is_about_what_was_said(assistant: Assistant) -> None:
    conversation = assistant.conversation("client")
    conversation.says("wat is coral?")
    reply = conversation.says("kost dat geld?")
    assert reply.kinds == ["no_answer"] and "over CORAL" in reply.text
    assert conversation.says("waar vind ik het?").answer_ids == ["coral/vindplaats"]


def test_the_question_that_an_editor_put_next_is_nearest(assistant: Assistant) -> None:
    conversation = assistant.conversation("client")
    assert conversation.says("mijn aanvraag arbeidsvermogen is afgewezen, wat nu?").answer_ids == [
        "beoordeling-arbeidsvermogen/afgewezen"
    ]
    assert conversation.says("hoeveel tijd heb ik?").answer_ids == ["bezwaar-uwv/termijn"]


def test_two_answers_back_is_not_forgotten(assistant: Assistant) -> None:
    conversation = assistant.conversation("client")
    conversation.says("raak ik mijn uitkering kwijt als ik ga werken?")
    assert conversation.says("hoeveel gaat er van mijn wia af als ik werk?").answer_ids == ["wia/werken-80-100"]
    assert conversation.says("moet dat doorgeven?").answer_ids == ["uitkering-en-werk/melden"]


def test_the_second_of_two_that_were_compared(assistant: Assistant) -> None:
    conversation = assistant.conversation("professional")
    conversation.says("vergelijk ips en jobcoaching")
    assert conversation.says("hoe lang duurt de tweede?").answer_ids == ["jobcoach-uwv/duur"]
    assert conversation.says("en de eerste?").answer_ids == ["ips/duur"]


def test_of_a_region_without_an_answer_it_says_so(assistant: Assistant) -> None:
    conversation = assistant.conversation("professional")
    conversation.says("hoe werken de casusgroepen in Friesland?")
    reply = conversation.says("en in Zwolle?")
    assert reply.kinds == ["no_answer"] and "over Zwolle" in reply.text


def test_who_only_tells_is_asked_what_they_want_to_know(assistant: Assistant) -> None:
    conversation = assistant.conversation("client")
    assert conversation.says("ik werk nu drie dagen en het gaat niet goed").kinds == ["clarify"]


def test_the_first_two_of_a_list_are_compared(assistant: Assistant) -> None:
    conversation = assistant.conversation("professional")
    conversation.says("welke interventies zijn er zonder ggz-behandeling?")
    assert "Fit4Work" in conversation.says("wat is het verschil tussen de eerste twee?").text


def test_a_sigh_is_no_question(assistant: Assistant) -> None:
    conversation = assistant.conversation("client")
    conversation.says("moet ik mijn bijbaantje doorgeven aan uwv?")
    assert conversation.says("dat lukt mij niet hoor, ik ben zo moe").kinds == ["smalltalk"]


def test_whose_benefit_it_is_stays_known(assistant: Assistant) -> None:
    conversation = assistant.conversation("client")
    first = conversation.says("ik zit in de ziektewet en wil vrijwillig helpen in een dierenasiel")
    assert first.answer_ids == ["vrijwilligerswerk/ziek-wia-wajong"]
    assert "vrijwilligerswerk/ww" not in conversation.says("moet ik wachten op toestemming?").answer_ids


def test_who_decides_is_no_question_for_the_source(assistant: Assistant) -> None:
    conversation = assistant.conversation("client")
    conversation.says("kan ik vrijstelling krijgen van solliciteren in de bijstand?")
    assert "hiervandaan" not in conversation.says("wie beslist dat?").text


def test_ik_bedoel_narrows_the_last_question(assistant: Assistant) -> None:
    conversation = assistant.conversation("client")
    first = conversation.says("zijn er verenigingen voor mensen met dezelfde aandoening?")
    assert conversation.says("ik bedoel bij adhd").answer_ids == first.answer_ids == ["lotgenoten/lijst"]


def test_two_questions_joined_by_and_get_two_answers(assistant: Assistant) -> None:
    replies = assistant.conversation("client").says("wat is ips en is dat bewezen?")
    assert sorted(replies.answer_ids) == ["ips/bewijs", "ips/wat"]


def test_which_of_the_two_puts_them_next_to_each_other(assistant: Assistant) -> None:
    conversation = assistant.conversation("professional")
    conversation.says("vergelijk ips en wgb")
    table = conversation.says("welke van de twee kan zonder uitkering van uwv?").messages[-1]["custom"]["table"]
    assert len(table["columns"]) == 3


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


def unsure_answers(assistant: Assistant, enough: int = 3) -> Iterator[Tuple[Conversation, str, Turn, str]]:
    """Conversation, question, reply and button, where something else may have been meant than what was answered.

    Which questions those are changes with the content, so they are looked for.
    """
    for line in (PROJECT / "tests" / "questions" / "dev" / "client.jsonl").read_text().splitlines():
        conversation, question = assistant.conversation("client"), json.loads(line)["vraag"]
        reply = conversation.says(question)
        title = next((title for title in reply.buttons if title.startswith("Ik bedoel: ")), None)
        if title is not None:
            yield conversation, question, reply, title
            enough -= 1
        if not enough:
            return
    raise AssertionError("no question has an unsure answer")


def test_an_unsure_answer_has_what_else_may_be_meant_one_tap_away(assistant: Assistant) -> None:
    for conversation, _, reply, title in unsure_answers(assistant):
        meant = conversation.presses(reply, title)
        assert reply.buttons[title] == f'/choose{{"answer":"{meant.answer_ids[0]}"}}'
        assert meant.answer_ids != reply.answer_ids


def test_what_was_just_given_isnt_offered_again_as_what_else_may_be_meant(assistant: Assistant) -> None:
    for conversation, question, reply, title in unsure_answers(assistant):
        conversation.presses(reply, title)
        assert title not in conversation.says(question).buttons


def test_a_sure_answer_stands_alone(assistant: Assistant) -> None:
    reply = assistant.conversation("client").says("wat is ips")
    assert not any(title.startswith("Ik bedoel") for title in reply.buttons)


def test_the_same_follow_up_of_two_topics_in_turn_stays_with_each(assistant: Assistant) -> None:
    conversation = assistant.conversation("client")
    for topic in ("ips", "wgb", "ips", "wgb"):
        assert conversation.says(f"wat is {topic}").answer_ids == [f"{topic}/wat"]
        assert conversation.says("en wie betaalt dat?").answer_ids[0].startswith(topic)
        assert conversation.says("voor wie is het?").answer_ids[0].startswith(topic)


def test_for_whom_it_is_says_who_may_take_part(assistant: Assistant) -> None:
    conversation = assistant.conversation("client")
    conversation.says("wat is ips")
    assert "meedoen" in conversation.says("voor wie is het?").text


def test_a_correction_says_what_is_meant_in_other_words(assistant: Assistant) -> None:
    conversation = assistant.conversation("client")
    assert conversation.says("wat is een participatieplaats").answer_ids == ["werkervaringsplaats/participatieplaats"]
    assert conversation.says("nee dat bedoel ik niet, zo'n beschutte plek").answer_ids == ["beschut-werk/wat"]


def test_after_a_refusal_the_question_before_it_still_waits(assistant: Assistant) -> None:
    conversation = assistant.conversation("client")
    assert conversation.says("hoe lang duurt wgb").answer_ids == ["wgb/duur"]
    assert not conversation.says("nee dat bedoel ik niet").answer_ids
    assert conversation.says("proefplaatsing").answer_ids == ["proefplaatsing/duur"]


def test_the_difference_is_that_of_the_two_that_were_just_named(assistant: Assistant) -> None:
    conversation = assistant.conversation("client")
    conversation.says("wat doet een jobcoach?")
    conversation.says("en een ips coach?")
    assert conversation.says("wat is het verschil?").answer_ids[0] in (
        "ips/verschil-jobcoach",
        "jobcoach-uwv/verschil-ips",
    )


def test_a_place_of_which_nothing_is_known_gets_no_answer_on_something_else(assistant: Assistant) -> None:
    conversation = assistant.conversation("client")
    conversation.says("welke lotgenotenverenigingen zijn er?")
    reply = conversation.says("ik woon in Zwolle")
    assert reply.kinds == ["no_answer"] and "Zwolle" in reply.text


def test_a_place_is_asked_of_a_thing_that_is_only_found_elsewhere(assistant: Assistant) -> None:
    conversation = assistant.conversation("client")
    conversation.says("wat is wgb")
    reply = conversation.says("is dat er ook in Utrecht?")
    assert reply.answer_ids == ["wgb/regio"] and "Den Bosch" in reply.text


def test_what_a_thing_is_does_not_say_whether_it_is_somewhere(assistant: Assistant) -> None:
    conversation = assistant.conversation("client")
    conversation.says("wat is jobcarving")
    reply = conversation.says("kan dat in Utrecht")
    assert reply.kinds == ["no_answer"] and "over Utrecht" in reply.text


def test_a_municipality_is_looked_up(assistant: Assistant) -> None:
    conversation = assistant.conversation("client")
    conversation.says("in welke arbeidsmarktregio ligt mijn gemeente?")
    assert "Terneuzen hoort bij arbeidsmarktregio Zeeland" in conversation.says("ik woon in terneuzen").text


def test_a_story_is_remembered_when_its_answer_was_unsure(assistant: Assistant) -> None:
    conversation = assistant.conversation("client")
    conversation.says("uwv zegt dat ik 40 procent kan werken maar ik kan niks")
    conversation.says("kan ik daar iets tegen doen")
    assert conversation.says("hoeveel tijd heb ik").answer_ids == ["bezwaar-uwv/termijn"]


def test_two_questions_in_telegram_style_get_two_answers(assistant: Assistant) -> None:
    conversation = assistant.conversation("professional")
    assert conversation.says("doelgroep wgb + duur").answer_ids == ["wgb/voor-wie", "wgb/duur"]


def test_the_same_answer_again_is_given_as_the_same(assistant: Assistant) -> None:
    conversation = assistant.conversation("client")
    conversation.says("mag ik vrijwilligerswerk doen met een uitkering?")
    reply = conversation.says("mag dat met mijn uitkering?")
    assert reply.answer_ids == ["vrijwilligerswerk/overzicht"]
    assert reply.text.startswith("Hier kom ik bij hetzelfde antwoord uit")


def test_what_comes_next_is_not_what_was_just_said(assistant: Assistant) -> None:
    conversation = assistant.conversation("client")
    assert conversation.says("hoe lang duurt de ziektewet?").answer_ids == ["ziektewet/duur"]
    assert conversation.says("en daarna?").answer_ids == ["ziektewet/beoordeling"]


def test_a_condition_asks_what_was_not_said_yet(assistant: Assistant) -> None:
    conversation = assistant.conversation("client")
    conversation.says("hoe vraag ik een jobcoach aan?")
    assert conversation.says("en als ik nog geen baan heb?").answer_ids == ["jobcoach-uwv/eerst-werk"]


def test_who_tells_on_a_secret_is_who_was_told_it(assistant: Assistant) -> None:
    conversation = assistant.conversation("client")
    conversation.says("moet ik mijn baas vertellen wat ik heb?")
    assert "mag hij niet doorvertellen" in conversation.says("en als hij het doorvertelt?").text
    conversation = assistant.conversation("client")
    conversation.says("moet ik aan de bedrijfsarts vertellen wat ik heb?")
    assert conversation.says("en als hij het doorvertelt?").answer_ids == ["bedrijfsarts/geheim"]


def test_which_one_then_asks_for_no_source(assistant: Assistant) -> None:
    conversation = assistant.conversation("client")
    assert conversation.says("kan ik meedoen met wgb als ik bijstand heb?").answer_ids == ["wgb/uitkering"]
    assert not conversation.says("welke dan wel?").text.startswith("Mijn antwoord over")


def test_an_ordinal_points_at_the_item_of_the_list_as_it_was_read(assistant: Assistant) -> None:
    conversation = assistant.conversation("professional")
    conversation.says("noem de werkzame elementen")
    assert conversation.says("leg de derde uit").answer_ids == ["werkzame-elementen/ruimte-om-te-mislukken"]


def test_another_benefit_that_was_meant_asks_the_last_question_again(assistant: Assistant) -> None:
    conversation = assistant.conversation("client")
    conversation.says("ik heb wajong, raak ik mijn uitkering kwijt als ik ga werken?")
    conversation.says("en als ik daarna weer stop?")
    assert conversation.says("sorry ik bedoel wia").kinds == ["answer"]


def test_a_circumstance_that_is_only_told_leaves_the_subject_in_place(assistant: Assistant) -> None:
    conversation = assistant.conversation("client")
    conversation.says("hoe lang duurt een proefplaatsing?")
    assert conversation.says("ik heb trouwens wajong").answer_ids[0].startswith("proefplaatsing/")
    assert conversation.says("en wie vraagt dat aan?").answer_ids[0].startswith("proefplaatsing/")


def test_plainer_words_for_who_read_the_plainest_are_fewer(assistant: Assistant) -> None:
    conversation = assistant.conversation("client")
    whole = conversation.says("wat is beschut werk?").text
    gist = conversation.says("kan het simpeler").text
    assert gist.startswith("Kort gezegd:") and "Bron" in gist
    assert len(gist) < len(whole)


def test_what_fits_a_case_with_a_benefit_is_answered_for_that_benefit(assistant: Assistant) -> None:
    conversation = assistant.conversation("professional")
    asked = conversation.says("welke interventie past bij iemand met een depressie en bijstand?")
    assert asked.answer_ids == ["casus/bijstand"]


def test_a_benefit_is_no_help_that_can_be_checked(assistant: Assistant) -> None:
    conversation = assistant.conversation("client")
    assert "bijstand/partner" not in conversation.says("ik heb bijstand, wat past bij mij?").answer_ids


def test_who_decides_stands_in_the_record_of_what_was_spoken_of(assistant: Assistant) -> None:
    conversation = assistant.conversation("client")
    conversation.says("wat is beschut werk")
    reply = conversation.says("wie beslist daarover?")
    assert "UWV adviseert, de gemeente beslist." in reply.text and reply.sources
    assert "beschut-werk/wat" in conversation.presses(reply, next(iter(reply.buttons))).answer_ids


def test_how_to_begin_is_the_first_step_where_no_answer_says_it(assistant: Assistant) -> None:
    conversation = assistant.conversation("client")
    conversation.says("wat is irb?")
    assert "Een eerste stap" in conversation.says("hoe meld ik me aan?").text


def test_what_another_thing_costs_is_no_answer(assistant: Assistant) -> None:
    conversation = assistant.conversation("client")
    conversation.says("wat is loondispensatie?")
    reply = conversation.says("wie betaalt dat?")
    assert reply.text.startswith("Wie betaalt bij Loondispensatie") and "UWV" in reply.text
    conversation.says("wat is supported employment?")
    assert conversation.says("hoe lang duurt dat?").kinds == ["no_answer"]


def test_who_only_tells_what_they_have_is_asked_what_they_want_to_know(assistant: Assistant) -> None:
    conversation = assistant.conversation("client")
    asked = conversation.says("ik heb autisme")
    assert asked.kinds == ["clarify"] and "Goed dat je het vertelt. Wat wil je weten?" in asked.text
    assert conversation.says("allebei").answer_ids[:2] == ["autisme/werken", "autisme/op-werk"]
    assert assistant.conversation("client").says("ik denk dat ik autisme heb").kinds == ["no_answer"]
    assert assistant.conversation("client").says("ik heb wajong").kinds == ["clarify"]


def test_a_benefit_that_someone_has_leaves_the_question_with_its_subject(assistant: Assistant) -> None:
    conversation = assistant.conversation("client")
    assert conversation.says("ik wil vrijwilligerswerk doen").kinds == ["clarify"]
    assert conversation.says("mag dat met een ww uitkering").answer_ids[0].startswith("vrijwilligerswerk/")
    conversation.says("wat is de banenafspraak?")
    assert conversation.says("telt iemand met wajong mee?").answer_ids == ["banenafspraak/voor-wie"]


def test_a_difference_is_with_what_an_answer_sets_it_against(assistant: Assistant) -> None:
    conversation = assistant.conversation("professional")
    conversation.says("doelgroep loonkostensubsidie")
    conversation.says("hoe wordt de loonwaarde bepaald")
    assert conversation.says("en verschil met loondispensatie").answer_ids == [
        "loonkostensubsidie/verschil-loondispensatie"
    ]


def test_where_it_is_found_is_said_of_a_place_that_isnt_known(assistant: Assistant) -> None:
    conversation = assistant.conversation("client")
    conversation.says("wat is een herstelacademie")
    reply = conversation.says("is er een bij mij in de buurt, ik woon in utrecht")
    assert reply.answer_ids == ["zelfregie-herstelacademie/vinden"]


def test_what_is_asked_after_thanks_is_answered(assistant: Assistant) -> None:
    conversation = assistant.conversation("client")
    conversation.says("wat is fact")
    assert conversation.says("dank je wel! en wat is zelfstigma?").answer_ids == ["zelfstigma/wat"]


def test_a_benefit_that_was_told_counts_for_the_question_after_it(assistant: Assistant) -> None:
    conversation = assistant.conversation("client")
    conversation.says("ik heb een depressie en zit in de ziektewet")
    assert conversation.says("mag ik een paar uurtjes werken").answer_ids == ["ziektewet/werken"]


def test_another_benefit_asks_the_last_question_of_it(assistant: Assistant) -> None:
    conversation = assistant.conversation("client")
    conversation.says("kan ik een opleiding doen met wajong")
    assert conversation.says("en met bijstand?").answer_ids == ["bijstand/studeren"]


def test_what_can_be_done_about_it_is_what_an_editor_put_next(assistant: Assistant) -> None:
    conversation = assistant.conversation("client")
    conversation.says("wat is zelfstigma")
    assert conversation.says("wat kan ik daar aan doen").answer_ids == ["zelfstigma/doorbreken"]
