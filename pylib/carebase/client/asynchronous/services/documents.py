"""Documents: files with what is known of them, and policies to be read."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Protocol
from uuid import UUID

from carebase.client import files
from carebase.client.asynchronous.collection import AsyncEditable, AsyncRows
from carebase.client.asynchronous.services.calls.documents import AsyncDocumentsCalls
from carebase.errors import CarebaseError, Conflict, PermissionDenied, UnexpectedResponse
from carebase.models import (
    BeginUploadResult,
    Document,
    DocumentVersion,
    FileUpload,
    PolicyAcknowledgement,
    PolicyDocument,
    ResidentDocument,
    StorageBucket,
)
from carebase.records import OMITTED

if TYPE_CHECKING:
    from carebase.client.asynchronous.session import AsyncSession


class Stored(Protocol):
    """Whatever says where a file is: a line of a list of documents or policies, or an upload."""

    @property
    def bucket_id(self) -> StorageBucket:
        """The bucket."""

    @property
    def object_path(self) -> str:
        """The path in it."""


class AsyncDocuments(AsyncDocumentsCalls):
    """Files, by what they belong to: residents, incidents, staff, policies. Rules: docs/documents.md.

    A file is uploaded, then attached (`create`, `attach_to_resident`, `publish_policy`); attached to a
    document that is there it is its next version. Nothing is overwritten or deleted: `archive` puts a
    document away.

    Attributes:
        restricted, of_residents: documents as they are stored, to change what is known of them; titles are
            sealed.
        versions: of restricted documents.
        uploads: the caller's own, and what the scanner said of them.
        policies, acknowledgements: texts to be read, and what the caller has read.

    Example:
        >>> file = await carebase.documents.upload(
        ...     content, bucket="resident-docs", file_name="wishes.pdf", mime_type="application/pdf",
        ...     resident_id=resident_id,
        ... )
        >>> await carebase.documents.attach_to_resident(
        ...     resident_id, file_id=file.id, category="advance_decision", title="Wishes"
        ... )
    """

    def __init__(self, session: AsyncSession) -> None:
        super().__init__(session)
        self.restricted = AsyncEditable(session, Document)
        self.of_residents = AsyncEditable(session, ResidentDocument)
        self.versions = AsyncRows(session, DocumentVersion)
        self.uploads = AsyncRows(session, FileUpload)
        self.policies = AsyncRows(session, PolicyDocument)
        self.acknowledgements = AsyncRows(session, PolicyAcknowledgement)

    async def get(self, id: UUID | str) -> Document:
        """One restricted document; its title is opened by `open`.

        Raises:
            NotFound: there is none, or none that the caller can see.
        """
        return await self.restricted.get(id)

    async def upload(
        self,
        content: bytes,
        *,
        bucket: StorageBucket,
        file_name: str,
        mime_type: str,
        resident_id: UUID | None = OMITTED,
        site_id: UUID | None = OMITTED,
    ) -> BeginUploadResult:
        """Bring a file: announced, sent, and said to be there. It belongs to nothing until it is attached.

        Args:
            content: all of it; the database refuses what the bucket does not take, before anything is sent.
            bucket: who may read it in the end.
            file_name: what it is called, 1 to 200 characters; stored sealed.
            mime_type: what it is, such as application/pdf.
            resident_id: whom it is about; must be said for resident-docs.
            site_id: of which site it is; must be said for incident-evidence.

        Raises:
            InvalidInput: too large, of a type that the bucket does not take, or something is missing.
            NotFound: no such resident or site of the caller.
            PermissionDenied: the caller brings nothing there.

        Example:
            >>> file = await carebase.documents.upload(
            ...     content, bucket="policy-files", file_name="hygiene.pdf", mime_type="application/pdf"
            ... )
        """
        [begun] = await self.begin_upload(
            bucket=bucket,
            file_name=file_name,
            mime_type=mime_type,
            byte_size=len(content),
            sha256=hashlib.sha256(content).hexdigest(),
            resident_id=resident_id,
            site_id=site_id,
        )
        request = files.upload_request(begun.bucket_id, begun.object_path, content, mime_type)
        refused: CarebaseError | None = None
        try:
            await self._session._send(request)
        except (Conflict, PermissionDenied) as error:
            refused = error  # what is there already is refused, too, as after a lost answer
        try:
            await self.finish_upload(begun.id)
        except Conflict:
            raise refused or UnexpectedResponse("The file was sent, and has not arrived.") from None
        return begun

    async def download(self, file: Stored) -> bytes:
        """The bytes of a file, for who may read its document now.

        Args:
            file: a line of `list`, `list_of_resident`, `outstanding_policies`, `policies`, or an upload.

        Raises:
            NotFound: it is not there, or not for the caller, or the scanner has not released it.

        Example:
            >>> page = await carebase.documents.list_of_resident(resident_id, purpose="treatment")
            >>> content = await carebase.documents.download(page.items[0])
        """
        return await self._session._send(files.download_request(file.bucket_id, file.object_path))

    async def signed_url(self, file: Stored, *, seconds: int = 60) -> str:
        """An address that opens a file for whoever has it, whatever changes meanwhile: for minutes, or never.

        Args:
            file: as `download` takes it.
            seconds: how long it works, 1 to 3600.

        Raises:
            NotFound: not for the caller; or by the local stack, which signs no addresses.
            InvalidInput: too long; nothing was sent.

        Example:
            >>> address = await carebase.documents.signed_url(page.items[0], seconds=60)
        """
        content = await self._session._send(files.sign_request(file.bucket_id, file.object_path, seconds))
        return files.signed_url(self._session._api_url, content)
