"""A form whose fields are not known beforehand."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Request
from starlette.datastructures import FormData


async def sent(request: Request) -> FormData:
    """The form as it was sent."""
    return await request.form()


Sent = Annotated[FormData, Depends(sent)]
