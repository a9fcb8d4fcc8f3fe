"""What people really type, and what they want by it; no command in sight."""

import time

import pytest

from bot.domain.plain import MOST, Guess, guess

ONE = {
    "hi": Guess("menu"),
    "Hallo": Guess("menu"),
    "ok": Guess("menu"),
    "👍": Guess("menu"),
    "I need help": Guess("help"),
    "hilfe": Guess("help"),
    "/help": Guess("help"),
    "met dana": Guess("log", "dana"),
    "I met someone": Guess("log"),
    "i met Lee for coffee yesterday": Guess("log", "Lee", when="yesterday"),
    "just had a call with Dana Ortiz this morning!": Guess("log", "Dana Ortiz"),
    "spoke to Sam on monday": Guess("log", "Sam", when="on monday"),
    "who can i talk to about nursing": Guess("find", "nursing"),
    "find marketing in Chicago": Guess("find", "marketing", place="Chicago"),
    "do you know anyone in publishing?": Guess("find", "publishing"),
    "find somebody in marketing": Guess("find", place="marketing"),
    "find me someone who works in film in Chicago": Guess("find", "film", place="Chicago"),
    "find a mentor": Guess("find"),
    "people who work at Acme": Guess("find", company="Acme"),
    "who do you know at google": Guess("find", company="google"),
    "alumni from the class of 2015": Guess("find", "2015"),
    "i want to be a nurse": Guess("find", "nurse"),
    "who knows someone in publishing?": Guess("class", "publishing"),
    "who in my class knows somebody at Lindenhof": Guess("class", "Lindenhof"),
    "does anyone know somebody at Acme?": Guess("class", "Acme"),
    "ask the class about law": Guess("class", "law"),
    "introduce me": Guess("introduce"),
    "can you introduce me to someone in nursing?": Guess("introduce", "nursing"),
    "my introductions": Guess("introductions"),
    "share a contact": Guess("share"),
    "share Dana with my class": Guess("share", "Dana"),
    "thx": Guess("welcome"),
    "danke": Guess("welcome"),
    "thank Lee": Guess("thank", "Lee"),
    "I already thanked Dana": Guess("thanked", "Dana"),
    "write a thank-you note": Guess("thank"),
    "im stuck": Guess("stuck"),
    "i’m so nervous": Guess("stuck"),
    "idk what to do": Guess("stuck"),
    "cancel": Guess("nothing"),
    "never mind": Guess("nothing"),
    "remind me": Guess("remind"),
    "change timezone": Guess("zone"),
    "i live in Boston": Guess("zone", "Boston"),
    "my goal is 2 talks a week": Guess("goal"),
    "delete my data": Guess("delete"),
    "export my data": Guess("export"),
    "can my teacher see this?": Guess("private"),
    "what do you know about me": Guess("private"),
    "who are you": Guess("who"),
    "what is an informational interview?": Guess("what"),
    "where do i start": Guess("begin"),
    "i dont know anyone": Guess("begin"),
    "my aunt Rosa is a nurse": Guess("add", "aunt Rosa"),
    "add Rosa Keller please": Guess("add", "Rosa Keller"),
    "new contact": Guess("add"),
    "i know a lawyer": Guess("add", "lawyer"),
    "can you write to Lee": Guess("ask", "Lee"),
    "how do i ask someone": Guess("ask"),
    "what do i ask lee": Guess("question", "lee"),
    "give me a question": Guess("question"),
    "my questions": Guess("questions"),
    "nobody answers": Guess("silence"),
    "he didn’t answer": Guess("silence"),
    "lee replied": Guess("replied", "lee"),
    "she said no": Guess("declined"),
    "schedule a call with Lee": Guess("book", "Lee"),
    "book Lee": Guess("book", "Lee"),
    "book Lee for tomorrow at 3": Guess("book", "Lee", when="tomorrow at 3"),
    "i have a call with Lee tomorrow at 3": Guess("book", "Lee", when="tomorrow at 3"),
    "prep for Lee": Guess("prep", "Lee"),
    "prepare me for my talk with Lee": Guess("prep", "Lee"),
    "show my contacts": Guess("contacts"),
    "who have i met": Guess("talks"),
    "am i on track": Guess("progress"),
    "i got the internship!": Guess("news"),
    "internship": Guess("internship"),
    "pause until friday": Guess("pause", "friday"),
    "i'm on vacation until 3 december": Guess("pause", "3 december"),
    "stop emailing me": Guess("stop"),
    "please stop": Guess("stop"),
    "he was creepy": Guess("wrong"),
    "weekly check in": Guess("checkin"),
    "Dana emailed me back": Guess("replied", "Dana"),
    "what do I do now": Guess("begin"),
    "can you write the email for me": Guess("ask"),
    "how do i ask for a coffee chat": Guess("ask"),
    "how many people have I talked to": Guess("progress"),
    "Dana cancelled": Guess("rebook", "Dana"),
    "dana didn't show up": Guess("rebook", "dana"),
    "I need to move my talk with Dana": Guess("rebook", "Dana"),
    "cancel my call": Guess("rebook"),
    "delete Dana": Guess("remove", "Dana"),
    "remove Dana from my list": Guess("remove", "Dana"),
    "delete everything": Guess("delete"),
    "thank you Dana": Guess("thank", "Dana"),
    "Is this confidential?": Guess("private"),
    "report someone": Guess("wrong"),
    "I sent it": Guess("sent"),
    "I sent the note to Dana": Guess("sent", "Dana"),
    "how do I prepare": Guess("prep"),
    "what should I wear": Guess("prep"),
    "I forgot to thank Dana": Guess("thank", "Dana"),
    "what did I promise": Guess("due"),
    "who else should I meet": Guess("begin"),
    "can i talk to a human": Guess("who"),
    "i want to quit": Guess("stop"),
    "I already talked to her": Guess("log"),
}


@pytest.mark.parametrize("words", ONE)
def test_what_is_typed_is_understood(words: str) -> None:
    """The likeliest first, with the name, place or day that was said."""
    assert guess(words)[0] == ONE[words]


@pytest.mark.parametrize(
    "words",
    ["asdfgh", "Dana", "marketing", "", "   ", "lorem ipsum dolor", "x" * 10_000, "book me a room"],
)
def test_what_is_not_understood_is_not_guessed(words: str) -> None:
    """A name or a field alone is looked up elsewhere; a story is not a wish."""
    assert guess(words) == []


def test_what_can_mean_two_things_offers_both() -> None:
    """A talk with Lee is one that was, or one to come."""
    assert [each.want for each in guess("talk with Lee")] == ["log", "book"]
    assert all(len(guess(words)) <= MOST for words in ONE)


@pytest.mark.parametrize("words", ["had a call with " + "about " * 45, "find " + "in " * 90])
def test_no_words_take_long(words: str) -> None:
    """The patterns do not run away, whatever is typed."""
    began = time.perf_counter()
    guess(words)
    assert time.perf_counter() - began < 0.5
