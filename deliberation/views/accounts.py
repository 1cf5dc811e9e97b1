"""Signing in, for moderators. Participants have no accounts."""

from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from deliberation import ratelimits


class SignIn(LoginView):
    """Attempts are counted by network, and by account against many networks."""

    template_name = "registration/login.html"
    redirect_authenticated_user = True

    def post(
        self, request: HttpRequest, *args: object, **kwargs: object
    ) -> HttpResponse:
        name = request.POST.get("username", "").strip().casefold()
        ratelimits.check(ratelimits.SIGN_IN, ratelimits.network(request))
        ratelimits.check(ratelimits.SIGN_IN_ACCOUNT, name)
        return super().post(request, *args, **kwargs)

    def get_form(
        self, form_class: type[AuthenticationForm] | None = None
    ) -> AuthenticationForm:
        form = super().get_form(form_class)
        form.fields["username"].label = _("Account name")
        return form
