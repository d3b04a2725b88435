"""A thin client of any learning record store, 1.0.3 or 2.0.

Timeouts always; a request that failed on the way is repeated with the same statement ids, so that
nothing is stored twice. Answers are plain JSON values; the caller judges them.
"""

from __future__ import annotations

import functools
import ssl
import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from types import TracebackType
from typing import Any, Self
from urllib.parse import urljoin

import httpx

from lrs.xapi import versions
from lrs.xapi.jsontext import dumps
from lrs.xapi.multipart import AttachmentData, content_type_of, multipart_chunks, new_boundary

_WORTH_REPEATING = frozenset({429, 502, 503, 504})


@functools.cache
def _trusted() -> ssl.SSLContext:
    """Reading the certificates costs more than a request: once in a process."""
    return httpx.create_ssl_context()


class LrsRefused(Exception):
    """The store answered with an error that a repetition would not mend."""

    def __init__(self, response: httpx.Response) -> None:
        self.status = response.status_code
        self.body = response.text
        super().__init__(f"{self.status}: {self.body[:500]}")


class LrsClient:
    """Statements to and from the store at `endpoint` (such as ``https://lrs.example/xapi/``).

    `timeout` is in seconds for each request; `attempts` counts the first try; waits between them
    double from `pause` seconds.
    """

    def __init__(
        self,
        endpoint: str,
        key: str,
        secret: str,
        *,
        version: str = versions.V2,
        timeout: float = 10.0,
        attempts: int = 4,
        pause: float = 0.5,
        batch_size: int = 100,
        transport: httpx.BaseTransport | None = None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._endpoint = endpoint.rstrip("/") + "/"
        self._attempts = attempts
        self._pause = pause
        self._batch_size = batch_size
        self._sleep = sleep
        self._http = httpx.Client(
            auth=(key, secret),
            headers={versions.HEADER: version},
            timeout=timeout,
            transport=transport,
            verify=_trusted(),
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        self._http.close()

    def about(self) -> dict[str, Any]:
        """What the store says of itself."""
        return self._json(self._request("GET", "about"))

    def statements_post(self, statements: Sequence[dict[str, Any]]) -> list[str]:
        """Send statements in batches; answers their ids. Each gets its id here, before it leaves.

        Raises LrsRefused or httpx.TransportError; the batches before the failing one are stored.
        """
        named = [{"id": str(uuid.uuid4()), **statement} for statement in statements]
        ids: list[str] = []
        for start in range(0, len(named), self._batch_size):
            batch = named[start : start + self._batch_size]
            ids += self._json(self._request("POST", "statements", json=batch))
        return ids

    def statements_offer(
        self,
        statements: Sequence[dict[str, Any]],
        attachments: Sequence[AttachmentData] = (),
    ) -> httpx.Response:
        """Send statements that have their ids, in one request and once; the answer is not judged.

        With the data of attachments the body is multipart/mixed (Part Three 1.5.2). For whoever
        keeps an account of what was sent. Raises httpx.TransportError.
        """
        address = urljoin(self._endpoint, "statements")
        if not attachments:
            return self._http.post(address, json=list(statements))
        boundary = new_boundary()
        body = b"".join(multipart_chunks(dumps(list(statements)), attachments, boundary=boundary))
        headers = {"Content-Type": content_type_of(boundary)}
        return self._http.post(address, content=body, headers=headers)

    def ask(self, path: str, **params: str) -> httpx.Response:
        """GET a resource, once; the answer is not judged. Raises httpx.TransportError."""
        return self._http.get(urljoin(self._endpoint, path), params=params)

    def statement_put(self, statement: dict[str, Any]) -> None:
        """Send one statement that has its id."""
        params = {"statementId": statement["id"]}
        self._request("PUT", "statements", params=params, json=statement)

    def statement_get(self, statement_id: str) -> dict[str, Any] | None:
        """One statement, or None if there is none of this id or it is voided."""
        try:
            answer = self._request("GET", "statements", params={"statementId": statement_id})
        except LrsRefused as error:
            if error.status == 404:
                return None
            raise
        return self._json(answer)

    def statements(self, **filters: str) -> Iterator[dict[str, Any]]:
        """All statements that match the parameters of the standard, page after page."""
        page = self._json(self._request("GET", "statements", params=filters))
        yield from page["statements"]
        while page.get("more"):
            page = self._json(self._request("GET", urljoin(self._endpoint, page["more"])))
            yield from page["statements"]

    def _request(self, method: str, path: str, **options: Any) -> httpx.Response:
        """One request, repeated while the way to the store fails."""
        address = urljoin(self._endpoint, path)
        for attempt in range(1, self._attempts + 1):
            is_last = attempt == self._attempts
            try:
                response = self._http.request(method, address, **options)
            except httpx.TransportError:
                if is_last:
                    raise
            else:
                if response.is_success:
                    return response
                if is_last or response.status_code not in _WORTH_REPEATING:
                    raise LrsRefused(response)
            self._sleep(self._pause * 2 ** (attempt - 1))
        raise AssertionError("unreachable")

    @staticmethod
    def _json(response: httpx.Response) -> Any:
        return response.json()
