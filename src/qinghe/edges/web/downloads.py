"""Documents that are sent to be saved."""

from django.http import HttpResponse
from django.utils.cache import add_never_cache_headers
from django.utils.http import content_disposition_header

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def docx(content: bytes, *, name: str) -> HttpResponse:
    """Send a document to be saved under a name, and keep it in no cache."""
    answer = HttpResponse(content, content_type=DOCX)
    answer["Content-Disposition"] = content_disposition_header(
        as_attachment=True, filename=f"{name}.docx"
    )
    add_never_cache_headers(answer)
    return answer
