"""How uploaded files are received: in memory, never more than the address takes."""

import io
from typing import Any

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler

from newsroom.file_limits import accepted


class BoundedUpload(FileUploadHandler):
    """Keeps the bytes of a file up to the limit of its address (one more tells that it is too large) and throws away
    the rest while it arrives. Django's own handlers write large files to the disk, original and all, without limit."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self._most = accepted(self.request) + 1 if self.request and accepted(self.request) else 0
        self._kept = io.BytesIO()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Keeps what there is room for; None tells Django that no other handler gets it."""
        self._kept.write(raw_data[: max(0, self._most - self._kept.tell())])

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        self._kept.seek(0)
        return InMemoryUploadedFile(
            file=self._kept,
            field_name=self.field_name,
            name=self.file_name,
            content_type=self.content_type,
            size=file_size,
            charset=self.charset,
            content_type_extra=self.content_type_extra,
        )
