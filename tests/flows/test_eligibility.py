"""Conversations with the check "past dit bij mij?", as four kinds of people have them."""

import pytest

from bot.flows.eligibility import FAILS, FITS, MAYBE


def test_client_in_a_fact_team_who_wants_a_job_hears_that_ips_seems_to_fit(check):
    talk = check("ips")
    talk.asks("wil_gewone_baan").answers("ja graag")
    talk.asks("ggz_soort").answers("ja bij een FACT-team")
    outcome = talk.ends()
    assert outcome.verdicts == {"ips": FITS}
    assert "lijkt" in outcome.text


def test_first_message_says_what_ips_asks_for_before_the_first_question(check):
    opening = check("ips").opening
    assert "betaalde baan" in opening and "ggz" in opening


def test_client_with_only_a_general_practitioner_hears_which_condition_is_not_met(check):
    talk = check("ips")
    talk.asks("wil_gewone_baan").answers("ja hoor")
    talk.asks("ggz_soort").answers("alleen de huisarts")
    outcome = talk.ends()
    assert outcome.verdicts == {"ips": FAILS}
    assert "past niet:" in outcome.text


def test_klantmanager_tells_three_things_in_one_sentence_and_is_not_asked_for_them_again(check):
    talk = check("wgb", voice="professional")
    talk.asks("wil_gewone_baan")
    talk.answers("ze krijgt ziektewet, woont in den bosch en wordt behandeld in de specialistische ggz")
    talk.knows(uitkering="ziektewet", regio="noordoost-brabant", ggz_soort="specialistisch", ggz_behandeling="ja")
    talk.asks("wil_gewone_baan").answers("ja")
    talk.asks("ernst").answers("de tweede")
    talk.asks("binnen_een_jaar").answers("weet niet")
    assert talk.ends().verdicts == {"wgb": MAYBE}


def test_klantmanager_with_a_client_on_bijstand_is_not_asked_further_once_wgb_does_not_fit(check):
    talk = check("wgb", voice="professional")
    talk.answers("ja, en ze heeft bijstand")
    assert talk.ends().verdicts == {"wgb": FAILS}


def test_mother_of_someone_outside_the_ggz_hears_of_jobcoaching_and_who_decides(check):
    talk = check()
    talk.asks("wil_gewone_baan").answers("mijn zoon wil weer aan het werk")
    talk.asks("ggz_soort").answers("hij heeft geen behandelaar")
    talk.asks("ernst").answers("valt mee")
    talk.asks("blijvende_beperking").answers("nee tijdelijk")
    outcome = talk.ends()
    assert outcome.verdicts["jobcoaching"] == FITS and outcome.verdicts["wgb"] == FAILS
    assert "beslis" in outcome.text and "Eerste stap" in outcome.text


def test_someone_who_knows_nothing_comes_to_an_end_where_all_may_fit(check):
    talk = check()
    while talk.step is not None:
        talk.answers("weet ik niet")
    assert set(talk.ends().verdicts.values()) == {MAYBE}
    assert len(talk.state.asked) <= 8


def test_going_back_changes_an_earlier_answer_and_the_outcome_with_it(check):
    talk = check("ips")
    talk.asks("wil_gewone_baan").answers("ja")
    talk.asks("ggz_soort").answers("basis-ggz")
    assert talk.ends().verdicts == {"ips": FITS}
    talk.goes_back().asks("ggz_soort").answers("nee toch niet, ik loop bij de poh")
    talk.knows(ggz_soort="huisarts_poh")
    assert talk.ends().verdicts == {"ips": FAILS}


def test_going_back_to_a_question_by_its_name(check):
    talk = check("wgb")
    talk.answers("ja").answers("specialistische ggz").asks("uitkering").answers("wia")
    talk.goes_back("terug naar de vraag over de uitkering").asks("uitkering")


def test_a_skipped_question_counts_as_unknown(check):
    talk = check("ips")
    talk.asks("wil_gewone_baan").skips()
    talk.asks("ggz_soort").answers("nvt")
    assert talk.ends().verdicts == {"ips": MAYBE}


def test_nonsense_is_not_taken_for_an_answer(check):
    check("wgb").answers("ja").asks("ggz_soort").does_not_understand("blub").does_not_understand("ja misschien")


def test_a_denied_word_does_not_count(check):
    talk = check("wgb").answers("ja").answers("ik ben niet in behandeling")
    talk.knows(ggz_soort=["geen"])


def test_an_interim_outcome_says_that_it_is_one(check):
    talk = check("ips").answers("ja")
    outcome = talk.so_far()
    assert outcome.verdicts == {"ips": MAYBE}
    assert outcome.text.startswith("Tot nu toe")


@pytest.mark.parametrize("voice", ["client", "professional"])
def test_outcome_never_decides(check, voice):
    talk = check("ips", voice=voice).answers("ja").answers("specialistisch")
    text = talk.ends().text.lower()
    assert "lijkt" in text and "beslis" in text
    assert "recht op" not in text and "je moet" not in text


def test_a_team_of_the_ggz_says_which_help_it_is_and_that_it_is_treatment(check):
    talk = check("ips").asks("wil_gewone_baan").answers("ja ik loop bij een ggz team")
    talk.knows(wil_gewone_baan="ja", ggz_soort="specialistisch")
    assert talk.ends().verdicts == {"ips": FITS}
