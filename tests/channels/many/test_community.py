"""Koers among members, end to end: the demo app and the assistant talk over real HTTP."""

from __future__ import annotations

import pytest

from tests.assistant import Assistant
from tests.channels.many.community import Community, as_body, event, send, wait_until

HELPDESK = "info@samenvoordeklant.nl"


def test_a_mention_gets_an_answer_with_sources_as_lines_and_numbered_choices(community: Community) -> None:
    member = community.member("friesland")
    post = community.board.write(member, "region", "friesland", "@koers wie betaalt IPS?")
    text = community.reply(post).text
    assert "zorgverzekeraar" in text.casefold() or "gemeente" in text.casefold()
    assert "\nBron: " in text and "computerprogramma" in text
    assert "<" not in text and "/choose" not in text


def test_a_plain_question_that_it_surely_knows_gets_one_answer(community: Community) -> None:
    post = community.board.write(community.member(), "category", "financien", "Wie betaalt IPS?")
    assert "Bron: " in community.reply(post).text
    community.settle()
    assert len(community.replies(post)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Fijne bijeenkomst gisteren, dank allemaal!",
        "Hebben jullie al ervaring met IPS in de wijkteams?",
        "Wie gaat er mee naar het symposium over IPS?",
        "Weet iemand hoe laat de supermarkt dichtgaat?",
        "Hoe krijg ik die printer op de derde verdieping aan de praat?",
    ],
)
def test_what_is_said_among_members_is_left_to_them(community: Community, text: str) -> None:
    post = community.board.write(community.member(), "category", "interventies", text)
    community.settle()
    assert community.replies(post) == []
    assert text not in community.everything_kept()


def test_small_talk_gets_a_word_back_only_when_it_is_meant_for_koers(community: Community) -> None:
    member = community.member()
    asked = community.board.write(member, "category", "interventies", "Hoi @koers, hoe gaat het?")
    overheard = community.board.write(member, "category", "interventies", "Hoi, hoe gaat het?")
    assert community.reply(asked).text
    community.settle()
    assert community.replies(overheard) == []


def test_asked_by_name_it_says_that_it_does_not_know_and_who_may(community: Community) -> None:
    post = community.board.write(community.member(), "category", "interventies", "@koers wat kost een brood?")
    text = community.reply(post).text
    assert "weet ik niet" in text and "leden" in text and HELPDESK in text


def test_a_thread_is_a_conversation_and_needs_to_ask_again(community: Community) -> None:
    member = community.member()
    post = community.board.write(member, "category", "interventies", "@koers wat is IPS?")
    community.reply(post)
    community.board.comment(member, post, "Mooi hoor.")
    community.settle()
    assert len(community.replies(post)) == 1, "a remark among members"
    community.board.comment(member, post, "@koers en wie betaalt dat?")
    second = community.reply(post, 2)
    assert "verzeker" in second.text and "computerprogramma" not in second.text
    community.board.comment(member, post, "en voor wie is het?", in_reply_to=second.id)
    assert community.reply(post, 3).text


def test_a_number_picks_a_choice(community: Community) -> None:
    member = community.member()
    post = community.board.write(member, "category", "interventies", "@koers wat is IPS?")
    choices = dict(line.split(". ", 1) for line in community.reply(post).text.split("\n") if line[:3] in ("1. ", "2. "))
    assert len(choices) == 2
    community.board.comment(member, post, "2")
    picked = community.reply(post, 2)
    assert "Bron" in picked.text
    community.board.comment(member, post, "9")
    assert "van 1 tot en met" in community.reply(post, 3).text


def test_a_long_answer_is_cut_with_a_link_to_the_rest(community: Community, assistant: Assistant) -> None:
    post = community.board.write(
        community.member(), "category", "interventies", "@koers Hoe verloopt een WGB-traject van begin tot eind?"
    )
    body = community.reply(post).text.split("\n\nBron")[0]
    assert len(body) < 1500
    if "[...]" in body:
        assert f"Lees verder: {assistant.url}/kennis/" in body


def test_the_practice_of_the_region_comes_first(community: Community) -> None:
    question = "@koers wat is Werk als beste zorg?"
    here = community.board.write(community.member("twente"), "region", "twente", question)
    elsewhere = community.board.write(community.member("zeeland"), "region", "zeeland", question)
    assert community.reply(here).text.startswith("In de regio Twente: ")
    assert "Twente:" not in community.reply(elsewhere).text.split("\n")[0]


def test_names_and_details_of_a_client_get_a_kind_reminder_and_are_kept_nowhere(community: Community) -> None:
    post = community.board.write(
        community.member("friesland"),
        "region",
        "friesland",
        "@koers mijn cliënt Sanne de Boer, 34 jaar met schizofrenie en twee kinderen, woont in Urk. Wie betaalt IPS?",
    )
    text = community.reply(post).text
    assert "herinnering" in text and "Bron: " in text and "Sanne" not in text
    community.settle()
    kept = community.everything_kept()
    assert "Sanne" not in kept and "schizofrenie en twee" not in kept
    signed = community.board.write(
        community.member(), "category", "interventies", "Wie betaalt IPS?\n\nGroeten, Marieke Jansen, 06 12345678"
    )
    assert "herinnering" not in community.reply(signed).text, "one's own name is one's own"


def test_danger_gets_the_crisis_text_for_professionals_even_when_nobody_asked(community: Community) -> None:
    post = community.board.write(
        community.member(), "category", "interventies", "Mijn cliënt zegt dat hij er een eind aan wil maken."
    )
    text = community.reply(post).text
    assert "0800-0113" in text and "112" in text and "professionals" in text and "1. " not in text
    community.settle()
    assert "een eind aan" not in community.everything_kept()


def test_a_guided_conversation_is_referred_to_the_chat(community: Community, assistant: Assistant) -> None:
    post = community.board.write(
        community.member(), "category", "interventies", "@koers kun je samen met mij kijken welke hulp bij mij past?"
    )
    text = community.reply(post).text
    assert f"{assistant.url}/" in text and "chat" in text


def test_a_deleted_post_is_forgotten_and_gets_no_reply(community: Community) -> None:
    member = community.member("friesland")
    post = community.board.write(member, "region", "friesland", "@koers wat is een jobcoach?")
    community.reply(post)
    community.settle()
    before = community.outbox("SELECT count(*) AS number FROM events")[0]["number"]
    assert before > 0
    community.board.delete(member, post)
    community.settle()
    after = community.outbox("SELECT count(*) AS number FROM events")[0]["number"]
    assert after < before, "the conversation of the thread is gone"


def test_a_post_that_was_deleted_before_it_came_in_is_left_alone(assistant: Assistant, community: Community) -> None:
    thread = "b-eerder-weg"
    gone = event("post.deleted", thread_id=thread, author=None, text=None, mentions=None)
    late = event(thread_id=thread, text="@koers wat is IPS?", mentions=["koers"])
    assert send(assistant.url, as_body(gone))[0] == send(assistant.url, as_body(late))[0] == 202
    community.settle()
    row = community.outbox(f"SELECT * FROM koers_many_event WHERE event = '{late['event_id']}'")[0]
    assert (row["state"], row["content"], row["reply"], row["author"]) == ("done", None, None, "")


def test_a_comment_that_comes_before_its_post_is_answered_after_it(community: Community, assistant: Assistant) -> None:
    post = community.board.write(community.member("friesland"), "region", "friesland", "@koers wat is IPS?", tell=False)
    whole = event(thread_id=post, text="@koers wat is IPS?", mentions=["koers"])
    follow_up = event(
        "comment.created", thread_id=post, comment_id="r-1", text="@koers en wie betaalt dat?", mentions=["koers"]
    )
    assert send(assistant.url, as_body(follow_up))[0] == 202
    assert send(assistant.url, as_body(whole))[0] == 202
    assert "Individuele Plaatsing" in community.reply(post, 1).text
    assert "verzeker" in community.reply(post, 2).text


def test_a_comment_whose_post_never_comes_is_answered_all_the_same(community: Community, assistant: Assistant) -> None:
    post = community.board.write(community.member("friesland"), "region", "friesland", "Een bericht", tell=False)
    alone = event(
        "comment.created", thread_id=post, comment_id="r-2", text="@koers wie betaalt IPS?", mentions=["koers"]
    )
    assert send(assistant.url, as_body(alone))[0] == 202
    assert "verzeker" in community.reply(post).text


def test_a_member_who_leaves_takes_what_they_wrote(community: Community) -> None:
    member = community.member("friesland")
    post = community.board.write(member, "region", "friesland", "@koers wat is een jobcoach?")
    community.reply(post)
    community.settle()
    threads = community.outbox("SELECT count(*) AS number FROM koers_many_author")[0]["number"]
    events = community.outbox("SELECT count(*) AS number FROM events")[0]["number"]
    community.board.leave(member)
    community.settle()
    assert community.outbox("SELECT count(*) AS number FROM koers_many_author")[0]["number"] < threads
    assert community.outbox("SELECT count(*) AS number FROM events")[0]["number"] < events
    kept = community.everything_kept()
    assert member not in kept and post not in kept


def test_nothing_of_one_region_shows_in_another(community: Community) -> None:
    """The same member asks in two regions: what was said in one is no context in the other."""
    member = community.member("friesland", "haaglanden")
    first = community.board.write(member, "region", "friesland", "@koers wat is IPS?")
    community.reply(first)
    other = community.board.write(member, "region", "haaglanden", "@koers en wie betaalt dat?")
    assert "IPS" not in community.reply(other).text.split("\n")[0]
    stranger = community.member("zeeland")
    assert [post.id for post in community.board.posts(stranger) if post.id in (first, other)] == []


def test_the_same_thread_id_in_two_spaces_is_two_conversations(assistant: Assistant, community: Community) -> None:
    for place in ("friesland", "zeeland"):
        whole = event(
            thread_id="b-zelfde", space={"kind": "region", "id": place}, text="@koers hoi", mentions=["koers"]
        )
        assert send(assistant.url, as_body(whole))[0] == 202
    rows = community.outbox("SELECT thread FROM koers_many_thread")
    assert len({row["thread"] for row in rows}) == len(rows) >= 2
    wait_until(lambda: not community.outbox(), "both are handled")
