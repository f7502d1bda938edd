"""Conversations with the finder "wie betaalt wat?"."""

import datetime
from dataclasses import replace

from bot.flows.financing import NOW, PAST, holding


def test_client_on_bijstand_hears_who_pays_the_first_talks_of_ips(finder):
    talk = finder()
    talk.asks("onderwerp").answers("ips")
    talk.asks("fase").answers("de eerste gesprekken")
    talk.asks("ggz_behandeling").answers("ja")
    outcome = talk.ends()
    assert outcome.verdicts == {"ips/zvw-eerste-gesprekken": NOW}
    assert "Zorgverzekeraar" in outcome.text


def test_what_is_over_comes_last_and_says_until_when(finder):
    talk = finder("ips").asks("fase").answers("het zoeken naar werk")
    talk.asks("uitkering").answers("bijstand")
    outcome = talk.ends(today="2026-11-22")
    assert outcome.verdicts["ips/gemeente-regeling-2023"] == PAST
    assert "was tot 19 november 2025" in outcome.text
    assert "weet ik niet" in outcome.text, "that nothing is known of the present is said"


def test_the_same_rule_holds_on_an_earlier_day(finder):
    talk = finder("ips").answers("het zoeken naar werk").answers("bijstand")
    outcome = talk.ends(today="2025-11-19")
    assert outcome.verdicts["ips/gemeente-regeling-2023"] == NOW


def test_only_what_holds_today_is_held(finder):
    rules = finder("ips").flow._rules
    today = datetime.date.today()
    later = replace(rules[0], valid_from=str(today.year + 1), valid_until=None)
    until_this_year = replace(rules[0], valid_from=None, valid_until=str(today.year))
    assert holding([later, until_this_year]) == [until_this_year]


def test_month_and_year_count_in_full(finder):
    talk = finder("ips").answers("het zoeken naar werk").skips()
    assert talk.so_far(today="2019-11-30").verdicts["ips/cmd-onderzoek-2019"] == NOW
    assert talk.so_far(today="2019-12-01").verdicts["ips/cmd-onderzoek-2019"] == PAST


def test_professional_gets_a_table_with_as_many_cells_as_columns(finder):
    talk = finder("jobcoaching", voice="professional").asks("uitkering").answers("pw")
    table = talk.ends().table
    assert table["rows"] and all(len(row) == len(table["columns"]) for row in table["rows"])


def test_a_long_list_stands_under_the_names_of_what_is_paid(finder):
    everything = finder().answers("alles").skips().skips().skips().ends().text.splitlines()
    one_thing = finder("ips").answers("alles").skips().skips().ends().text.splitlines()
    assert everything[:2] == ["Dit geldt nu, voor zover ik weet:", "Individuele Plaatsing en Steun (IPS):"]
    assert "Proefplaatsing:" in everything and "Individuele Plaatsing en Steun (IPS):" not in one_thing


def test_client_gets_no_table(finder):
    assert finder("jobcoaching").answers("wajong").ends().table is None


def test_without_treatment_the_insurers_part_is_left_out(finder):
    talk = finder("ips").answers("alles").answers("geen uitkering").asks("ggz_behandeling").answers("nee")
    assert not [rule for rule in talk.ends().verdicts if "zvw" in rule]


def test_skipping_everything_still_ends(finder):
    talk = finder()
    while talk.step is not None:
        talk.skips()
    assert talk.ends().verdicts and len(talk.state.asked) <= 4


def test_employer_sees_only_phases_that_exist_for_the_topic(finder):
    talk = finder("lkv")
    assert talk.ends().verdicts, "one phase and few rules: nothing to ask"
