"""Slack: a workspace's export, or one channel's messages; what was said is kept, and who said it is not."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from pmfacil.core.errors import Unfit
from pmfacil.core.model import EntryKind
from pmfacil.intake.sources.archives import Archive
from pmfacil.intake.sources.encoding import decoded
from pmfacil.intake.sources.gathering import Gathering
from pmfacil.intake.sources.json_shapes import Fields, fields, objects, parsed, rows
from pmfacil.intake.sources.plain import joined, link, link_within, quoted, scalar

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pmfacil.intake.sources.sourced import Batch

_DAY: Final = re.compile(r"(?:.*/)?[^/]+/\d{4}-\d{2}-\d{2}\.json")
_LISTS: Final = re.compile(r"(?:[^/]+/)?(?:users|channels|groups)\.json")
_TS: Final = re.compile(r"\d{9,10}\.\d{1,6}", re.ASCII)
_MARKUP: Final = re.compile(r"<(?P<sign>[@#!]?)(?P<target>[^<>|]*)(?:\|(?P<label>[^<>]*))?>")
_UPLOADER: Final = re.compile(r"<@[^>]*>\s+")
# Messages about a channel rather than the work in it; the list is Slack's, under “message event” in its reference.
_ABOUT_CHANNELS: Final = re.compile(
    r"(?:channel|group|mpim)_(?:join|leave|topic|purpose|name|archive|unarchive|posting_permissions|convert\w*)"
    r"|(?:un)?pinned_item|bot_(?:add|remove|enable|disable)|reminder_add|joiner_notification\w*|tombstone"
    r"|message_(?:deleted|changed|replied)|app_conversation_(?:join|leave)"
)
_UPLOADS: Final = ("file_share", "file_comment", "file_mention")

Names = dict[str, str]


def read_export(data: bytes) -> Batch:
    """Return what a zip file of a workspace says, oldest first; raises `Unfit` where it is no such export."""
    with Archive(data, _wanted) as archive:
        days = [name for name in archive.names if _DAY.fullmatch(name)]
        if not days:
            raise Unfit(_not_slack(archive))
        names = _names(archive)
        gathering = Gathering("Slack export", "Message")
        _take_all(_messages(archive, days, gathering), names, gathering)
    return gathering.batch(by_time=True)


def read_messages(value: object) -> Batch | None:
    """Return what a list of messages, bare or wrapped, says; None where these are no messages of Slack."""
    if not (messages := rows(value, _is_message)):
        return None
    gathering = Gathering("Slack messages", "Message")
    _take_all(messages, {}, gathering)
    return gathering.batch(by_time=True)


def unmarked(text: str, names: Names) -> str:
    """Return a message without Slack's markup; `names` are those of people and channels by their ids."""
    return _unescaped(_MARKUP.sub(lambda found: _said(found, names), text))


def _unescaped(text: str) -> str:
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _said(found: re.Match[str], names: Names) -> str:
    target, label = found["target"], found["label"] or ""
    match found["sign"]:
        case "@":
            return f"@{(names.get(target) or label or target).lstrip('@')}"
        case "#":
            return f"#{(label or names.get(target) or target).lstrip('#')}"
        case "!":
            return label or f"@{target.partition('^')[0]}"
    address = target.removeprefix("mailto:")
    if not label or label in (target, address, target.partition("//")[2].rstrip("/")):
        return address if target.startswith("mailto:") else target
    return f"{label} ({address})"


def _take_all(messages: list[Fields] | Iterator[Fields], names: Names, gathering: Gathering) -> None:
    skipped = 0
    for number, message in enumerate(messages, 1):
        if _ABOUT_CHANNELS.fullmatch(scalar(message.get("subtype"))):
            skipped += 1
            continue
        text = scalar(message.get("text"))
        if message.get("subtype") in _UPLOADS:
            text = _UPLOADER.sub("", text, count=1)
        posted = _posted(message)
        gathering.take(
            number,
            text or _content(message),
            at=message.get("ts"),
            text=joined(*(unmarked(part, names) for part in (text, *_parts(message, posted)))),
            kind=EntryKind.SIGNAL if posted else EntryKind.EVENT,
            evidence=link(*(one.get("title_link") for one in posted)) or link_within(_unescaped(text)),
        )
    if skipped:
        verb = "message about its channel was" if skipped == 1 else "messages about their channels were"
        gathering.leave_out(f"{skipped} {verb} left out (joining, leaving, topics, pins).")


def _is_message(one: Fields) -> bool:
    if not _TS.fullmatch(scalar(one.get("ts"))):
        return False
    return one.get("type") == "message" or any(key in one for key in ("user", "bot_id", "client_msg_id", "thread_ts"))


def _posted(message: Fields) -> list[Fields]:
    """Return what a machine posted with a message; previews of links that people pasted are none of it."""
    parts = [one for one in objects(message.get("attachments")) if not ("from_url" in one or "service_name" in one)]
    by_bot = message.get("subtype") == "bot_message" or bool(scalar(message.get("bot_id")))
    return parts or ([message] if by_bot else [])


def _parts(message: Fields, posted: list[Fields]) -> Iterator[str]:
    for part in posted:
        if part is not message:
            said = [scalar(part.get(name)) for name in ("pretext", "title", "text")]
            yield from said if any(said) else (scalar(part.get("fallback")),)
    if posted or not scalar(message.get("text")):
        yield _content(message)


def _content(message: Fields) -> str:
    """Return the words of a message's blocks, or the names of its files, where its text is empty."""
    if scalar(message.get("text")):
        return ""
    blocks = [scalar(fields(one, "text").get("text")) for one in objects(message.get("blocks"))]
    files = [scalar(one.get("title")) or scalar(one.get("name")) for one in objects(message.get("files"))]
    return joined(*blocks) or joined(*(f"file {name}" for name in files if name), by=", ")


def _wanted(name: str) -> bool:
    return bool(_DAY.fullmatch(name) or _LISTS.fullmatch(name)) and not name.startswith("__MACOSX/")


def _not_slack(archive: Archive) -> str:
    if "xl/workbook.xml" in archive.all_names:
        return "This is an Excel workbook: save its sheet as CSV, and open that."
    return "This zip file is no Slack export (it has no channel/2024-12-31.json): unpack it and open the file in it."


def _messages(archive: Archive, days: list[str], gathering: Gathering) -> Iterator[Fields]:
    for name in days:
        try:
            yield from objects(parsed(decoded(archive.read(name))[0]))
        except Unfit:
            gathering.leave_out(f"The file {quoted(name)} in the export could not be read.")


def _names(archive: Archive) -> Names:
    """Return how people and channels are called, by their ids; a list that cannot be read names nobody."""
    names: Names = {"USLACKBOT": "Slackbot"}
    for file in archive.names:
        if not _LISTS.fullmatch(file):
            continue
        try:
            listed = objects(parsed(decoded(archive.read(file))[0]))
        except Unfit:
            continue
        for one in listed:
            profile = fields(one, "profile")
            called = (profile.get("display_name"), one.get("name"), one.get("real_name"), profile.get("real_name"))
            names[scalar(one.get("id"))] = next(filter(None, map(scalar, called)), "")
    return names
