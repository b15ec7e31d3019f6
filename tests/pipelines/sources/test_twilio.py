from __future__ import annotations

from datetime import datetime
from decimal import Decimal

import pytest

from pipelines.sources.twilio import EXPORTS

from .conftest import Land

HEADER = "From,To,Body,Status,SentDate,ApiVersion,NumSegments,ErrorCode,AccountSid,Sid,"
HEADER += "Direction,Price,PriceUnit\n"
LOG = f"""\
{HEADER}+15005550006,+442079460000,"Ada, your order
is on its way: https://shop.example.com/t/1",delivered,2026-06-01T10:00:00Z,2010-04-01,2,,AC1,SM1,\
outbound-api,-0.01580,USD
+442079460000,+15005550006, stop ,received,2026-06-01 10:05:00 UTC,2010-04-01,1,,AC1,SM2,inbound,\
-0.00750,USD
+442079460000,+15005550006,Stop sending it to my mother,received,2026-06-01T10:06:00Z,2010-04-01,\
1,,AC1,SM3,inbound,-0.00750,USD
+15005550006,+442079460000,Hello,failed,,2010-04-01,1,21610,AC1,SM4,outbound-api,,USD
whatsapp:+15005550006,whatsapp:+442079460000,Hello,read,2026-06-01T11:00:00Z,2010-04-01,1,,AC1,\
SM5,outbound-reply,-0.005,USD
"""


def test_a_log_is_read_as_the_console_writes_it(land: Land) -> None:
    [landed] = land("sms-log.csv", LOG, EXPORTS)

    assert landed.name == "messages"
    assert landed.column("message_sid") == ["SM1", "SM2", "SM3", "SM4", "SM5"]
    assert landed.column("sent_at")[:2] == [
        datetime.fromisoformat("2026-06-01 10:00:00"),
        datetime.fromisoformat("2026-06-01 10:05:00"),
    ]
    assert landed.column("sent_at")[3] is None
    assert landed.column("price")[0] == Decimal("-0.0158")
    assert landed.column("error_code")[3] == "21610"
    assert landed.column("recipient_address")[4] == "whatsapp:+442079460000"


def test_only_the_words_that_stop_and_start_messages_land(land: Land) -> None:
    [landed] = land("sms-log.csv", LOG, EXPORTS)

    assert landed.column("keyword") == [None, "STOP", None, None, None]
    assert not any("mother" in str(value) for row in landed.rows for value in row.values())


def test_a_number_without_its_plus_is_kept_as_it_is(land: Land) -> None:
    [landed] = land("edited.csv", LOG.replace("+1500", "1500").replace("+44", "44"), EXPORTS)

    assert landed.column("recipient_address")[0] == "442079460000"


def test_a_rounded_number_refuses_the_file(land: Land) -> None:
    [landed] = land("edited.csv", LOG.replace("+442079460000", "4.42079E+11"), EXPORTS)

    assert landed.reading.refusal is not None
    assert "rounded" in landed.reading.refusal


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("+1,+2,x,sent,2026-06-01T10:00:00Z,v,1,,AC1,,outbound-api,,USD", "message_sid"),
        ("+1,+2,x,,2026-06-01T10:00:00Z,v,1,,AC1,SM9,outbound-api,,USD", "status"),
        ("+1,+2,x,sent,yesterday,v,1,,AC1,SM9,outbound-api,,USD", "sent_at"),
    ],
)
def test_a_message_that_cannot_be_placed_is_rejected(land: Land, row: str, column: str) -> None:
    [landed] = land("sms-log.csv", f"{LOG}{row}\n", EXPORTS)

    assert [reject.column for reject in landed.reading.rejects] == [column]
    assert landed.reading.landed == 5
