"""Young people who register on a phone: the page that sends them a code waits for the gateway."""

import re
import time
from concurrent.futures import Future, ThreadPoolExecutor
from http.cookiejar import CookieJar
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, build_opener

from .house import House

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')
NOTICE = re.compile(r'name="notice" value="(\d+)"')


def register(house: House, phone: str) -> tuple[float, str]:
    """Ask for a code; return how many seconds the page took, and what it said."""
    opener = build_opener(HTTPCookieProcessor(CookieJar()))
    here = f"http://127.0.0.1:{house.port}/register/"

    def read(path: str, **typed: object) -> str:
        form = urlencode(typed, doseq=True).encode() if typed else None
        return opener.open(f"{here}{path}", form, timeout=30).read().decode()

    begun = read("")
    asked = read("", csrfmiddlewaretoken=TOKEN.search(begun)[1], notice=NOTICE.findall(begun))
    began = time.monotonic()
    said = read("phone/", csrfmiddlewaretoken=TOKEN.search(asked)[1], phone=phone)
    return time.monotonic() - began, said


def register_all(house: House, crowd: ThreadPoolExecutor, phones: list[str]) -> list[Future]:
    """Let several ask for a code at once."""
    return [crowd.submit(register, house, phone) for phone in phones]
