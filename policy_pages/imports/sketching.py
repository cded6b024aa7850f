"""What blocks that are no draft yet would read like: frozen as a draft is, with pictures that are no images yet.

In such blocks a figure's image is the key of an image, the digest of a picture of the document, or nothing.
"""

import json

from policy_pages import freezing
from policy_pages.models import PolicyPage


def sketch(title: str, blocks: list[dict], names: dict[str, str], *, like: PolicyPage | None = None) -> dict:
    """Frozen content of ``blocks`` under ``title``, on the control fields of ``like``; marks stay open.

    ``names`` gives the file name of each picture by its digest.
    """
    page = like or PolicyPage()
    kept = page.title, page.body
    page.title, page.body = title, json.dumps(_without_pictures(blocks))
    content = freezing.freeze(page, filled=False).content
    page.title, page.body = kept
    digests = {block["id"]: block["value"]["image"] for block in blocks if _is_new_picture(block)}
    for block in content["blocks"]:
        if block["id"] in digests:
            sha256 = digests[block["id"]]
            block["file"] = {"sha256": sha256, "name": names[sha256]}
    return content


def _is_new_picture(block) -> bool:
    return block["type"] == "figure" and isinstance(block["value"]["image"], str)


def _without_pictures(blocks: list[dict]) -> list[dict]:
    return [
        {**block, "value": {**block["value"], "image": None}} if _is_new_picture(block) else block
        for block in blocks
    ]
