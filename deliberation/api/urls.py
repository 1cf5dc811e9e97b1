"""/api/v1/: reading what is public."""

from django.urls import path

from deliberation.api import views

urlpatterns = [
    path("conversations/", views.Conversations.as_view(), name="api-conversations"),
    path("conversations/<slug:slug>/", views.Conversation.as_view(), name="api-cover"),
    path(
        "conversations/<slug:slug>/results/",
        views.Results.as_view(),
        name="api-results",
    ),
    path(
        "conversations/<slug:slug>/statements/",
        views.Statements.as_view(),
        name="api-statements",
    ),
    path("<path:rest>", views.Nothing.as_view(), name="api-nothing"),
]
