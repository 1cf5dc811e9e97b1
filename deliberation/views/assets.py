"""Stylesheets and scripts: what deliberation/assets.py makes, over HTTP."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.views.decorators.http import require_safe

from deliberation import assets

FOR_EVER = "public, max-age=31536000, immutable"
# A page from before an update asks for what is no more: it gets what is now.
BRIEFLY = "public, max-age=60"


@require_safe
def stylesheet(request: HttpRequest, digest: str, names: str) -> HttpResponseBase:
    return _answer(request, assets.stylesheet, names, digest, "text/css")


@require_safe
def script(request: HttpRequest, digest: str, name: str) -> HttpResponseBase:
    return _answer(request, assets.script, name, digest, "text/javascript")


def _answer(
    request: HttpRequest,
    find: Callable[[str], assets.Asset],
    name: str,
    digest: str,
    kind: str,
) -> HttpResponseBase:
    try:
        asset = find(name)
    except assets.NoSuchAsset as error:
        raise Http404 from error
    is_ours = digest == asset.digest
    # Packing is dear: nobody can make us pack mixtures that no page of ours names.
    return kept(
        request, asset, kind, FOR_EVER if is_ours else BRIEFLY, may_pack=is_ours
    )


def kept(
    request: HttpRequest,
    asset: assets.Asset,
    kind: str,
    cache_control: str,
    *,
    may_pack: bool = True,
) -> HttpResponseBase:
    """The asset, or that the browser has it already."""
    accepted = request.headers.get("Accept-Encoding", "") if may_pack else ""
    body, encoding = asset.packed(accepted)
    response = HttpResponse(body, content_type=f"{kind}; charset=utf-8")
    response["Cache-Control"] = cache_control
    response["ETag"] = etag = f'"{asset.digest}{encoding}"'
    response["Content-Length"] = str(len(body))
    if encoding:
        response["Content-Encoding"] = encoding
    patch_vary_headers(response, ["Accept-Encoding"])
    return get_conditional_response(request, etag=etag, response=response) or response
