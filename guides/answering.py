"""What the tools of the guide ask of a request."""

from django.http import HttpRequest


def only_carried(request: HttpRequest) -> bool:
    """Whether answers came along from another tool, so that nothing was asked of this one yet."""
    return request.method == "POST" and "carry" in request.POST


def ticked(request: HttpRequest, name: str) -> bool:
    return request.POST.get(name, "").lower() not in ("", "false", "0")
