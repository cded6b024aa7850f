"""What an answer tells: its text, its headers, and what stands inside a workbook."""

import io
import zipfile

from django.db import transaction
from django.test import Client

WORKBOOK = "spreadsheetml"


def told(response) -> str:
    """Everything that reaches the person: status line apart."""
    body = b"".join(response.streaming_content) if response.streaming else response.content
    if WORKBOOK in response.get("Content-Type", ""):
        with zipfile.ZipFile(io.BytesIO(body)) as book:
            body = b"".join(book.read(name) for name in book.namelist())
    headers = "\n".join(f"{name}: {value}" for name, value in response.items())
    cookies = response.cookies.output()
    return f"{headers}\n{cookies}\n{body.decode('utf-8', 'replace')}"


def ask(client: Client, method: str, path: str, data=None):
    """One request, whatever it did undone, sign-out too; gives the status and what was told."""
    kept = {name: morsel.value for name, morsel in client.cookies.items()}
    with transaction.atomic():
        response = getattr(client, method)(path, data or {})
        text = told(response)
        transaction.set_rollback(True)
    client.cookies.clear()
    for name, value in kept.items():
        client.cookies[name] = value
    return response.status_code, text
