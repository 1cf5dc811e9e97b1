"""The operators' back office: Django's admin, to look, and for rescue work.

Staff only, and never needed to moderate. What people do with conversations goes by
actions and is on record; here rows are read, accounts are made and switched off, and a
lost second step is taken away.
"""

from typing import Any

from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import User
from django.contrib.auth.views import redirect_to_login
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from deliberation import actions, models
from deliberation.errors import DeliberationError


class OperatorsOnly(DeliberationError):
    code = "operators_only"
    message = _("This page is for those who operate the site.")
    http_status = 403


class BackOffice(admin.AdminSite):
    site_header = site_title = _("Folkmoot: operators")
    index_title = _("To look, and for rescue work")
    site_url = "/moderate/"

    def login(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """By our own page alone, with its limits and the account's second step."""
        if self.has_permission(request):
            return redirect("operate:index")
        if request.user.is_authenticated:
            raise OperatorsOnly
        return redirect_to_login(request.GET.get("next") or reverse("operate:index"))

    def password_change(  # type: ignore[override]
        self, request: HttpRequest, extra_context: Any = None
    ) -> HttpResponse:
        return redirect("account_change_password")


class Read(admin.ModelAdmin):  # type: ignore[type-arg]
    """Rows to look at: nothing is added, changed or deleted."""

    list_per_page = 50
    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(
        self, request: HttpRequest, obj: Model | None = None
    ) -> bool:
        return False

    def has_delete_permission(
        self, request: HttpRequest, obj: Model | None = None
    ) -> bool:
        return False

    def has_view_permission(
        self, request: HttpRequest, obj: Model | None = None
    ) -> bool:
        return request.user.is_staff

    def has_module_permission(self, request: HttpRequest) -> bool:
        return request.user.is_staff


class Accounts(UserAdmin):  # type: ignore[type-arg]
    """Made, named, switched off; never deleted: what they decided names them."""

    fieldsets = (
        (None, {"fields": ("username", "password")}),
        (_("Name"), {"fields": ("first_name", "last_name", "email")}),
        (_("Rights"), {"fields": ("is_active", "is_staff", "is_superuser")}),
        (_("Times"), {"fields": ("last_login", "date_joined")}),
    )
    readonly_fields = ("last_login", "date_joined")
    list_display = ("username", "email", "is_active", "is_staff", "last_login")
    list_filter = ("is_active", "is_staff")
    filter_horizontal = ()
    actions = ("sign_out_everywhere", "remove_second_steps")

    @admin.action(description=_("Sign out everywhere"), permissions=["change"])
    def sign_out_everywhere(self, request: HttpRequest, accounts: Any) -> None:
        for account in accounts:
            actions.accounts.end_other_sessions(user=account, this=None)

    @admin.action(
        description=_("Remove the second step, and sign out everywhere"),
        permissions=["change"],
    )
    def remove_second_steps(self, request: HttpRequest, accounts: Any) -> None:
        for account in accounts:
            actions.accounts.remove_second_steps(user=account)
            self.log_change(request, account, "second step removed")

    def has_delete_permission(
        self, request: HttpRequest, obj: Model | None = None
    ) -> bool:
        return False


class SecondSteps(Read):
    """What an account has; the secrets themselves are shown to nobody."""

    fields = ("user", "type", "created_at", "last_used_at")
    list_display = fields
    list_filter = ("type",)
    search_fields = ("user__username",)
    list_select_related = ("user",)


class Conversations(Read):
    fields = ("slug", "question", "state", "language", "created_at")
    list_display = ("slug", "question", "state", "created_at")
    list_filter = ("state",)
    search_fields = ("slug", "question")


class Moderators(Read):
    list_display = ("user", "role", "conversation", "created_at")
    list_filter = ("role",)
    search_fields = ("user__username", "conversation__slug")
    list_select_related = ("user", "conversation")


class Invitations(Read):
    fields = (
        "conversation",
        "role",
        "label",
        "created_by",
        "created_at",
        "expires_at",
        "accepted_by",
        "accepted_at",
        "revoked_at",
    )
    list_display = ("label", "role", "conversation", "expires_at", "accepted_by")
    search_fields = ("label", "conversation__slug")
    list_select_related = ("conversation", "accepted_by")


class Events(Read):
    list_display = ("happened_at", "action", "by_name", "target", "conversation_id")
    list_filter = ("action",)
    search_fields = ("by_name", "target")


class Runs(Read):
    fields = ("conversation", "state", "started_at", "finished_at", "error")
    list_display = fields
    list_filter = ("state",)

    def get_queryset(self, request: HttpRequest) -> Any:
        """Without the results themselves, which are large."""
        found = super().get_queryset(request).select_related("conversation")
        return found.only(*self.fields, "conversation__slug")


class Alerts(Read):
    list_display = ("conversation", "kind", "raised_at")
    list_filter = ("kind",)
    list_select_related = ("conversation",)


site = BackOffice(name="operate")
site.register(User, Accounts)
site.register(Authenticator, SecondSteps)
site.register(models.Conversation, Conversations)
site.register(models.Moderator, Moderators)
site.register(models.Invitation, Invitations)
site.register(models.AuditEvent, Events)
site.register(models.AnalysisRun, Runs)
site.register(models.Alert, Alerts)
