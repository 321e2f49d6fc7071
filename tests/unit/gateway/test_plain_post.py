"""Plain forms come from our own pages."""

from __future__ import annotations

import httpx
import pytest

from tests.unit.gateway.conftest import MakeHouse, client_of


@pytest.mark.parametrize("origin", ["https://elders.nl", "null", "http://[::1", "//["])
async def test_a_form_of_another_site_is_refused_whatever_it_says_of_itself(make: MakeHouse, origin: str) -> None:
    async with client_of(make()) as client:
        answer: httpx.Response = await client.post(
            "/chat", data={"text": "hallo", "id": "1"}, headers={"origin": origin}
        )
        assert answer.status_code == 403
