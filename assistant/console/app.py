"""The app of the staff console, put together from its page modules."""

from __future__ import annotations

from fastapi import Depends, FastAPI
from fastapi.staticfiles import StaticFiles
from starlette.middleware.trustedhost import TrustedHostMiddleware

from assistant.console import (
    accounts,
    accounts_own,
    answers_list,
    answers_new,
    answers_page,
    answers_version,
    audit,
    desk_import,
    desk_offer_completion,
    desk_offers,
    desk_opening_form,
    desk_openings,
    desk_registration,
    desk_registrations,
    desk_targets,
    failures,
    figures_pages,
    figures_report,
    kept_form,
    learning_corrections,
    learning_models,
    learning_topics,
    learning_trials,
    login,
    login_invitation,
    login_provider,
    person_pages,
    retention_pages,
    review_inbox,
    review_sample,
    review_talk,
    review_test,
    review_unmask,
    start,
    takeover_calls,
    takeover_queue,
    takeover_talk,
)
from assistant.console.body_limit import BodyLimit
from assistant.console.csrf import guard
from assistant.console.headers import put_on
from assistant.console.navigation import menu_of
from assistant.console.page_templates import STATIC
from assistant.console.rooms import Rooms
from assistant.http.with_headers import WithHeaders

PUBLIC = (login, login_provider, login_invitation)
"""Page modules whose routes may be asked without a session."""
PAGES = (
    start,
    takeover_queue,
    takeover_talk,
    takeover_calls,
    review_inbox,
    review_talk,
    review_test,
    review_unmask,
    review_sample,
    learning_corrections,
    learning_topics,
    learning_models,
    learning_trials,
    desk_registrations,
    desk_registration,
    desk_opening_form,
    desk_import,
    desk_openings,
    desk_offers,
    desk_offer_completion,
    desk_targets,
    figures_pages,
    figures_report,
    accounts,
    answers_list,
    answers_new,
    answers_page,
    answers_version,
    person_pages,
    retention_pages,
    audit,
    accounts_own,
    kept_form,
)  # fmt: skip
"""Page modules in the order of the menu, one on a line. Each has a `router`, and may have `NAV` and `TODAY`."""


def console_app(rooms: Rooms) -> FastAPI:
    """Return the app of the console's own listener."""
    app = FastAPI(title="Meedoen console", docs_url=None, redoc_url=None, openapi_url=None)
    app.state.rooms, app.state.menu = rooms, menu_of(PAGES)
    for module in (*PUBLIC, *PAGES):
        app.include_router(module.router, dependencies=[Depends(guard)])
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    failures.install(app)
    app.add_middleware(BodyLimit)
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=list(rooms.settings.console_allowed_hosts))
    app.add_middleware(
        WithHeaders, put_on=put_on
    )  # the last added is the outermost: a refused host gets the headers too
    return app
