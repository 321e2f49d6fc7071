from assistant.conversation.role_pairs import for_role, with_role

JOBSEEKER, EMPLOYER = "beschut_werk/eerst_proberen", "subsidie/proefplaatsing"
CLOSE = ((EMPLOYER, 0.42), (JOBSEEKER, 0.40), ("loon/contract", 0.05))


def test_the_role_decides_between_the_halves() -> None:
    assert with_role(CLOSE, "werkzoekende")[0][0] == JOBSEEKER
    assert with_role(CLOSE, "werkgever")[0][0] == EMPLOYER
    assert len(with_role(CLOSE, "werkgever")) == 2


def test_without_a_role_the_guesses_stay_as_they_are() -> None:
    assert with_role(CLOSE, None) == CLOSE


def test_a_jobseeker_who_asks_about_a_subsidy_gets_that_answer() -> None:
    assert for_role(EMPLOYER, "werkzoekende") == EMPLOYER
    assert for_role(JOBSEEKER, "werkgever") == EMPLOYER
