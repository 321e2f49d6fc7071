"""What may be kept of a sentence, and what may not: one row per way in which people write it."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.nl import bsn

from assistant.core.masking import mask, refuse_bsn
from assistant.core.masking.clean import CleanTexts

HIDDEN = [
    # a citizen service number, however it is typed (111222333 and 123456782 pass the eleven-test)
    ("mijn bsn is 123456782", "mijn bsn is [bsn]"),
    ("bsn: 111222333.", "bsn: [bsn]."),
    ("123456782", "[bsn]"),
    ("het is 123 456 782 geloof ik", "het is [bsn] geloof ik"),
    ("burgerservicenummer 1234.56.782", "burgerservicenummer [bsn]"),
    ("bsn 123-456-782 en ik zoek werk", "bsn [bsn] en ik zoek werk"),
    ("1 2 3 4 5 6 7 8 2", "[bsn]"),
    ("1, 2, 3, 4, 5, 6, 7, 8, 2", "[bsn]"),
    ("123/456/782", "[bsn]"),
    ("123_456_782", "[bsn]"),
    ("123–456–782", "[bsn]"),
    ("sofinummer(123456782)", "sofinummer([bsn])"),
    ("123456782 en 111222333", "[bsn] en [bsn]"),
    ("123456782,111222333", "[bsn],[bsn]"),
    ("ik ben 34 123456782", "ik ben 34 [bsn]"),
    ("kamer 1 123456782", "kamer 1 [bsn]"),
    ("mijn nummer is 123456782 2 kinderen", "mijn nummer is [bsn] 2 kinderen"),
    ("bsn 010000008", "bsn [bsn]"),
    ("bsn 010000008 3 kinderen", "bsn [bsn] 3 kinderen"),
    ("bsn zonder nul: 10000008", "bsn zonder nul: [bsn]"),
    ("bel 0612345678, bsn 123456782", "bel [telefoon], bsn [bsn]"),
    ("06 12345678 123456782", "[telefoon] [bsn]"),
    ("tel 123456782", "tel [bsn]"),
    ("mijn telefoon is 123 456 782", "mijn telefoon is [bsn]"),
    ("bsn١٢٣٤٥٦٧٨٢", "bsn[bsn]"),
    ("BSN123456782", "BSN[bsn]"),
    ("0 123456782", "0 [bsn]"),
    # phone numbers
    ("bel me op 0612345678", "bel me op [telefoon]"),
    ("06-12345678", "[telefoon]"),
    ("06 12345678", "[telefoon]"),
    ("06 12 34 56 78", "[telefoon]"),
    ("06.12.34.56.78", "[telefoon]"),
    ("06 1234 5678", "[telefoon]"),
    ("06 - 12 34 56 78", "[telefoon]"),
    ("06-12 345 678 graag", "[telefoon] graag"),
    ("+31612345678", "[telefoon]"),
    ("+31 6 12345678", "[telefoon]"),
    ("+31 6 12 34 56 78", "[telefoon]"),
    ("+31 (0)6 12345678", "[telefoon]"),
    ("+31(0)612345678", "[telefoon]"),
    ("0031612345678", "[telefoon]"),
    ("0031 6 12345678", "[telefoon]"),
    ("0521 538700", "[telefoon]"),
    ("0521-538 700", "[telefoon]"),
    ("(0521) 53 87 00", "[telefoon]"),
    ("036-5399911", "[telefoon]"),
    ("020 123 45 67", "[telefoon]"),
    ("mijn nummer is 0612345678.", "mijn nummer is [telefoon]."),
    ("0612345678 of 0687654321", "[telefoon] of [telefoon]"),
    ("+48 512 345 678", "[telefoon]"),
    ("+49 1512 3456789", "[telefoon]"),
    ("+32 470 12 34 56", "[telefoon]"),
    # a phone number whose last digits happen to pass the eleven-test is still a phone number
    ("06 12345672", "[telefoon]"),
    ("06-12345672", "[telefoon]"),
    ("+31 6 12345672", "[telefoon]"),
    ("+31 6-12345672", "[telefoon]"),
    # e-mail
    ("fatima@voorbeeld.nl", "[e-mail]"),
    ("mail mij op Fatima.El-Amrani@voorbeeld.nl!", "mail mij op [e-mail]!"),
    ("f.elamrani+werk@post.voorbeeld.nl", "[e-mail]"),
    ("fatima @ voorbeeld.nl", "[e-mail]"),
    ("fatima(at)voorbeeld.nl", "[e-mail]"),
    ("fatima [at] voorbeeld.nl", "[e-mail]"),
    ("fatima apenstaartje voorbeeld punt nl", "[e-mail]"),
    ("fatima punt elamrani apenstaartje voorbeeld punt nl", "[e-mail]"),
    ("fatima apenstaart voorbeeld.nl", "[e-mail]"),
    ("het is jan at voorbeeld punt nl", "het is [e-mail]"),
    ("jan_1987@voorbeeld.co.uk en bel maar niet", "[e-mail] en bel maar niet"),
    ("mail a@b.nl. Ik heet Jan", "mail [e-mail]. Ik heet [naam]"),
    ("MIJN MAIL IS JAN@VOORBEELD.NL", "MIJN MAIL IS [e-mail]"),
    # bank accounts
    ("NL91ABNA0417164300", "[iban]"),
    ("nl91 abna 0417 1643 00", "[iban]"),
    ("rekening NL91 ABNA 0417 1643 00 graag", "rekening [iban] graag"),
    ("rekening NL91ABNA0417164300 voor het loon", "rekening [iban] voor het loon"),
    ("BE71 0961 2345 6769 dank je", "[iban] dank je"),
    ("DE89370400440532013000", "[iban]"),
    ("op 12 DE89370400440532013000", "op 12 [iban]"),  # "op 12" looks like the beginning of another account
    ("en00 de89 3704 0044 0532 0130 00 graag", "en00 [iban] graag"),
    # addresses
    ("1315 AB", "[adres]"),
    ("1315ab", "[adres]"),
    ("ik woon op 8331 KX 12", "ik woon op [adres]"),
    ("8331KX, 12a", "[adres]"),
    ("postcode 8331 kx", "postcode [adres]"),
    ("Dorpsstraat 12", "[adres]"),
    ("ik woon aan de Steenwijkerweg 101b", "ik woon aan de [adres]"),
    ("stationsplein 4 in Almere", "[adres] in Almere"),
    ("8331EN", "[adres]"),
    # birth dates
    ("ik ben geboren op 12-03-1987", "ik ben geboren op [datum]"),
    ("geboren 1-5-2001", "geboren [datum]"),
    ("12/03/1987", "[datum]"),
    ("12.03.1987", "[datum]"),
    ("12 03 1987", "[datum]"),
    ("1987-03-12", "[datum]"),
    ("12 maart 1987", "[datum]"),
    ("1e mei 2001 ben ik geboren", "[datum] ben ik geboren"),
    ("geboortedatum 3 Augustus 1999", "geboortedatum [datum]"),
    # names that someone introduces
    ("ik heet Fatima", "ik heet [naam]"),
    ("ik heet ahmed bouzid", "ik heet [naam]"),
    ("IK HEET AHMED BOUZID", "IK HEET [naam]"),
    ("hoi ik heet ahmed en ik zoek werk", "hoi ik heet [naam] en ik zoek werk"),
    ("ik heet ahmed bouzid, ik woon in almere", "ik heet [naam], ik woon in almere"),
    ("mijn naam is Jan de Vries", "mijn naam is [naam]"),
    ("mijn naam is jan van der berg", "mijn naam is [naam]"),
    ("mijn naam is: Jan", "mijn naam is: [naam]"),
    ("Mijn naam is José Peña-Núñez.", "Mijn naam is [naam]."),
    ("m'n naam is sjoerd", "m'n naam is [naam]"),
    ("me naam is Kees", "me naam is [naam]"),
    ("mijn achternaam is el amrani", "mijn achternaam is [naam]"),
    ("mijn voornaam is Noor", "mijn voornaam is [naam]"),
    ("u spreekt met mevrouw Jansen", "u spreekt met mevrouw [naam]"),
    ("je spreekt met Piet", "je spreekt met [naam]"),
    ("ik ben de heer Bakker", "ik ben de heer [naam]"),
    ("ik ben mevrouw de wit", "ik ben mevrouw [naam]"),
    ("ik ben Ahmed", "ik ben [naam]"),
    ("Ik ben Ahmed Bouzid en ik zoek werk", "Ik ben [naam] en ik zoek werk"),
    ("noem me maar Bo, ik heet Bo", "noem me maar [naam], ik heet [naam]"),
    # more than one kind at once
    ("ik heet Jan, 06 12 34 56 78, jan@voorbeeld.nl", "ik heet [naam], [telefoon], [e-mail]"),
    ("Jan, geboren 12-03-1987, bsn 123456782", "[naam], geboren [datum], bsn [bsn]"),
]
KEPT = [
    "24 uur",
    "ik wil 16 tot 24 uur werken",
    "24-32 uur per week",
    "van 9.00 tot 17.00 uur",
    "09:00-17:00",
    "ma 9-12, di 13-17",
    "ik ben 34 jaar",
    "AW-2026-00001",
    "AW-2026-00002",
    "mijn nummer is AW-2026-00013, hoe staat het?",
    "aw 2026 00002",
    "2026-00002",
    "W-0042",
    "vertel meer over W-0042 graag",
    "W-1042 is leuk",
    "€ 14,71 per uur",
    "€ 1.234,56",
    "€ 2.133,00 bruto",
    "1500 euro per maand",
    "€ 1500 in de maand",
    "2026",
    "in 2026 is dat anders",
    "in 2026 en 2027",
    "sinds 2015 al",
    "in 2019 of 2020",
    "vanaf 2026 ga ik werken",
    "2 jaar geleden, in 2024 op school",
    "1 januari 2027",
    "per 1 juli 2026",
    "120 km",
    "1200 km gereden",
    "bel 112",
    "14 036",
    "14 0521",
    "0800-0113",
    "113",
    "10 x 20",
    "150 mensen bij Koematen",
    "80 banen bij Staatsbosbeheer",
    "25.000 banen voor 2023",
    "ik zoek werk in het groen in Steenwijk",
    "ik ben werkgever",
    "ik ben heel moe",
    "ik ben op zoek naar werk",
    "ik ben HR-adviseur",
    "ik heet u welkom",
    "hoe heet dat?",
    "mijn naam is niet belangrijk",
    "apenstaartje",
    "a@b",
    "12-03",
    "maart 2027",
    "artikel 10d lid 2",
    "onderweg 3 uur",
    "niveau 1 of 2",
    "/aanmelden_werkzoekende",
    "[bsn] [telefoon] [naam]",
    "",
]


@pytest.mark.parametrize(("said", "kept"), HIDDEN, ids=[said for said, _ in HIDDEN])
def test_what_belongs_to_a_person_is_not_kept(said: str, kept: str) -> None:
    assert mask(said) == kept


@pytest.mark.parametrize("said", KEPT)
def test_what_belongs_to_nobody_stays(said: str) -> None:
    assert mask(said) == said


def test_there_are_enough_sentences() -> None:
    assert len(HIDDEN) + len(KEPT) >= 120


@pytest.mark.parametrize(
    "said",
    [
        "AW-2026-00002",
        "06 12345672",
        "06-12345672",
        "+31 612345678",
        "12-03-1987",
        "NL20 INGB 0001 2345 67",
        "0521 538700",
    ],
)
def test_what_a_form_asks_for_is_not_refused_as_a_bsn(said: str) -> None:
    assert refuse_bsn(said) == (said, False)


def test_every_registration_number_of_a_year_can_be_given() -> None:
    wrong = [n for n in range(1, 3000) if refuse_bsn(f"mijn nummer is AW-2026-{n:05d}")[1]]
    assert wrong == []


def test_every_mobile_number_can_be_given() -> None:
    numbers = [f"{prefix}{n}" for n in range(12345600, 12345800) for prefix in ("06 ", "06-", "06", "+31 6 ", "+316")]
    assert [number for number in numbers if refuse_bsn(number)[1]] == []


def _made(number: int) -> str:
    """Return the BSN that begins with these eight digits, or an empty string when there is none."""
    first = f"{number:08d}"
    rest = sum((9 - place) * int(digit) for place, digit in enumerate(first)) % 11
    return f"{first}{rest}" if rest < 10 else ""


BSNS = st.integers(min_value=1_000_000, max_value=99_999_999).map(_made).filter(bool)
WORDS = st.text(alphabet="abcdefghij klmnopqrstuvwxyzé?!,.", max_size=25)
GROUPS = st.sampled_from([(9,), (3, 3, 3), (4, 2, 3), (4, 5), (2, 3, 4), (1,) * 9])
BETWEEN = st.sampled_from([" ", ".", "-", "/"])


@given(BSNS, WORDS, WORDS, GROUPS, BETWEEN)
def test_a_bsn_in_a_sentence_never_goes_on(
    number: str, before: str, after: str, groups: tuple[int, ...], between: str
) -> None:
    parts, at = [], 0
    for size in groups:
        parts.append(number[at : at + size])
        at += size
    written = between.join(parts)
    if groups == (4, 5) and re.fullmatch(r"20\d\d-\d{5}", written):
        return  # reads as a registration number
    text, found = refuse_bsn(f"{before} {written} {after}")
    assert found
    assert written not in text


@given(st.text(alphabet="0123456789 .-+()abNL", max_size=60))
def test_no_nine_digits_in_one_piece_that_pass_the_test_are_left(text: str) -> None:
    safe, _ = refuse_bsn(text)
    for match in re.finditer(r"(?<!\d)\d{9}(?!\d)", safe):
        before = re.sub(r"[\s.\-()]", "", safe[: match.start()])
        abroad = re.search(r"(\+|00)\d{0,5}$", before)
        assert abroad or not bsn.is_valid(match.group()), safe


@given(st.one_of(st.text(max_size=300), st.text(alphabet="0123456789 .-+@AWNLabeikhetmijnnaamis:", max_size=120)))
def test_masking_never_fails_and_a_second_time_changes_nothing(text: str) -> None:
    once = mask(text)
    assert mask(once) == once


def test_a_clean_text_is_looked_at_once_and_only_a_number_of_it_is_kept() -> None:
    seen = CleanTexts(newest=2)
    for text in ("wat is beschut werk", "hallo", "tot ziens"):
        seen.add(text)
    assert "tot ziens" in seen and "hallo" in seen
    assert "wat is beschut werk" not in seen, "the oldest makes room"
    assert "beschut" not in str(vars(seen))


def test_a_text_that_was_clean_is_still_masked_when_a_name_in_it_becomes_known() -> None:
    assert mask("ik ga met roos naar de markt") == mask("ik ga met roos naar de markt")
    assert "roos" not in mask("ik ga met roos naar de markt", ["Roos"])
    assert mask("Roos", name_asked=True) == "[naam]"
