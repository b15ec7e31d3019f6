"""Twilio's message log of the texts about orders; once, a spreadsheet has taken the pluses away."""

from __future__ import annotations

from datetime import date

from pipelines.demo.files import Outbox, select_list, write_csv
from pipelines.demo.world import World

SHOP = "+15005550006"


def _address(number: str) -> str:
    return f"concat(if(channel = 'whatsapp', 'whatsapp:', ''), {number})"


PERSON, COMPANY = _address("phone"), _address(f"'{SHOP}'")
COLUMNS = {
    "From": f"if(direction = 'inbound', {PERSON}, {COMPANY})",
    "To": f"if(direction = 'inbound', {COMPANY}, {PERSON})",
    "Body": "body",
    # on its way for a while, before the log knows that it arrived
    "Status": "if(status in ('delivered', 'read') and sent_at > getvariable('night')"
    " - interval 6 hour, 'sent', status)",
    "SentDate": "iso_seconds(sent_at)",
    "ApiVersion": "'2010-04-01'",
    "NumSegments": "segments",
    "ErrorCode": "error_code",
    "AccountSid": "concat('AC', hex('twilio account', 0, 0))",
    "Sid": "concat('SM', hex('text', text_no, 0))",
    "Direction": "direction",
    "Price": "if(status = 'failed', null, format('-{:.5f}', segments * 0.0079))",
    "PriceUnit": "'USD'",
}
EDITED = COLUMNS | {name: f"replace({COLUMNS[name]}, '+', '')" for name in ("From", "To")}


def messages_sql(columns: dict[str, str]) -> str:
    """The log of the trailing days, the newest message first."""
    return f"""
        select {select_list(columns)} from texts
        where sent_at >= getvariable('window_start') and sent_at < getvariable('night')
        order by sent_at desc, text_no
    """


def write_twilio(world: World, outbox: Outbox, night: date) -> None:
    """The messages of the trailing days; the second night's log went through a spreadsheet."""
    is_edited = world.settings.nights.index(night) == 1
    path = outbox.path("twilio", "", night, "sms-log.csv")
    write_csv(world, messages_sql(EDITED if is_edited else COLUMNS), path)
    outbox.done(path)
