"""The whole map of addresses on one page: public, then for moderators."""

from django.contrib.auth.views import LogoutView
from django.urls import include, path

from deliberation import operate
from deliberation.views import (
    accounts,
    analysis,
    appeals,
    assets,
    audit,
    ballots,
    branding,
    constitutions,
    conversations,
    copies,
    dashboard,
    decisions,
    embed,
    errors,
    invitations,
    likeness,
    links,
    moderation,
    news,
    participation,
    previews,
    privacy,
    quality,
    reasons,
    record,
    room,
    saved_views,
    second_looks,
    seeds,
    setup,
    statements,
    sweeping,
    team,
    translations,
    voting,
    wording,
)

conversation = [
    path("", conversations.cover, name="conversation"),
    path("vote/", voting.page, name="voting"),
    path("votes/", voting.votes, name="cast-vote"),
    path("votes/", voting.votes, name="my-votes"),
    path("votes/undo/", voting.undo_vote, name="undo-vote"),
    path("votes/remark/", voting.remark_on_vote, name="remark-on-vote"),
    path("cards/", ballots.cards, name="cards"),
    path("statements/", statements.statements, name="submit-statement"),
    path("statements/", statements.statements, name="my-statements"),
    path("statements/similar/", statements.similar, name="similar-statements"),
    path(
        "statements/<int:number>/edit/",
        statements.edit_statement,
        name="edit-statement",
    ),
    path("statements/<int:number>/object/", appeals.make, name="object"),
    path("forget/", voting.forget, name="forget-participant"),
    path("data/", privacy.my_data, name="my-data"),
    path("data/download/", privacy.download, name="download-my-data"),
    path("data/erase/", privacy.erase, name="erase-my-data"),
    path("news/", news.news, name="news"),
    path("news/confirm/<str:token>/", news.confirm, name="confirm-news"),
    path("news/leave/<str:token>/", news.leave, name="leave-news"),
    path("results/", analysis.page, name="results"),
    path("results/pulse/", analysis.pulse, name="results-pulse"),
    path("results/s/<int:number>/", analysis.statement, name="statement-results"),
    path("results/mine/", analysis.receipt, name="receipt"),
    path("results/how/", analysis.how, name="results-how"),
    path("moderation/", decisions.page, name="moderation-log"),
    path("moderation/statements.csv", record.download, name="statements-file"),
    path("moderation/log.csv", decisions.download, name="moderation-log-file"),
    path("logo/<slug:digest>.png", branding.logo, name="logo"),
    path("embed/", embed.page, name="embed"),
    path("embed/results/", embed.results, name="embed-results"),
    path("embed/leave/", embed.leave, name="leave-frame"),
    path("room/", room.page, name="room"),
    path("room/pulse/", room.pulse, name="room-pulse"),
    path("qr.svg", links.qr_code, name="qr-code"),
    path("constitution/", constitutions.page, name="constitution"),
    path(
        "constitution/v/<int:number>.<str:file_format>",
        constitutions.download,
        name="constitution-download",
    ),
]

moderated_conversation = [
    path("", dashboard.page, name="dashboard"),
    # --- setup
    path("setup/", setup.check, name="setup"),
    path("setup/words/save/", setup.save, {"step": "words"}, name="change-words"),
    path(
        "setup/schedule/save/", setup.save, {"step": "schedule"}, name="change-schedule"
    ),
    path("setup/people/save/", setup.save, {"step": "people"}, name="change-people"),
    path("setup/sight/save/", setup.save, {"step": "sight"}, name="change-sight"),
    path("setup/limits/save/", setup.save, {"step": "limits"}, name="change-limits"),
    path("setup/rule/save/", setup.save, {"step": "rule"}, name="change-draft-rule"),
    path("setup/<slug:step>/", setup.step, name="setup-step"),
    path("preview/", previews.page, name="preview"),
    path("open/", setup.open_conversation, name="open-conversation"),
    path("close/", setup.close_conversation, name="close-conversation"),
    path("archive/", setup.archive, name="archive-conversation"),
    path("restore/", setup.restore, name="restore-conversation"),
    path("copy/", copies.page, name="copy"),
    path("copy/make/", copies.make, name="copy-conversation"),
    # --- branding
    path("branding/", branding.page, name="branding"),
    path("branding/change/", branding.change_branding, name="change-branding"),
    # --- team
    path("team/", team.page, name="team"),
    path("team/invite/", team.invite, name="invite"),
    path("team/leave/", team.leave, name="leave-team"),
    path("team/<int:member>/role/", team.change_role, name="change-role"),
    path("team/<int:member>/remove/", team.remove, name="remove-member"),
    path(
        "team/invitations/<int:invitation>/revoke/",
        team.revoke,
        name="revoke-invitation",
    ),
    # --- seeds
    path("seeds/", seeds.page, name="seeds"),
    path("seeds/add/", seeds.add_seeds, name="add-seeds"),
    path("seeds/<int:number>/withdraw/", seeds.withdraw, name="withdraw-seed"),
    # --- the queue
    path("statements/", moderation.queue, name="queue"),
    path("statements/<int:number>/accept/", moderation.accept, name="accept"),
    path("statements/<int:number>/reject/", moderation.reject, name="reject"),
    path("statements/<int:number>/meta/", moderation.meta, name="mark-meta"),
    path("statements/<int:number>/flag/", moderation.flag, name="flag"),
    path("statements/<int:number>/unflag/", moderation.unflag, name="unflag"),
    path("statements/sweep/", sweeping.sweep, name="sweep"),
    path("statements/take-back/", sweeping.take_back, name="take-back"),
    path("statements/views/", saved_views.save_view, name="save-view"),
    path("statements/views/remove/", saved_views.remove_view, name="remove-view"),
    # --- near-duplicates
    path("alike/", likeness.groups, name="likeness-groups"),
    path("alike/<int:number>/", likeness.group, name="likeness-group"),
    path("alike/<int:number>/fold/", likeness.fold, name="fold"),
    path("alike/<int:number>/take-back/", likeness.take_back, name="take-back-fold"),
    # --- wording
    path("statements/<int:number>/words/", wording.page, name="words"),
    path("statements/<int:number>/words/edit/", wording.edit, name="edit-words"),
    path(
        "statements/<int:number>/words/reword/", wording.reword, name="reword-statement"
    ),
    path("statements/<int:number>/words/split/", wording.split, name="split-statement"),
    path(
        "statements/<int:number>/words/take-back/",
        wording.take_back,
        name="take-back-words",
    ),
    # --- appeals and second looks
    path("appeals/", appeals.page, name="appeals"),
    path("appeals/<int:number>/answer/", appeals.answer, name="answer-appeal"),
    path("second-looks/", second_looks.page, name="second-looks"),
    path("second-looks/<int:look>/", second_looks.look_again, name="look-again"),
    # --- quality of participation
    path("participation/", quality.page, name="quality"),
    path(
        "participation/people/<int:person>/", quality.person, name="participant-quality"
    ),
    path("participation/compare/", quality.compare, name="compare"),
    path(
        "participation/comparisons/<int:comparison>/",
        quality.comparison,
        name="comparison",
    ),
    path("participation/exclude/", quality.exclude, name="exclude"),
    path("participation/restore/", quality.restore, name="restore-participants"),
    path("participation/rule/", quality.rule, name="quality-rule"),
    path("participation/rule/change/", quality.change_rule, name="change-quality-rule"),
    # --- the rules of moderation, and the audit log
    path("policy/", reasons.page, name="policy"),
    path("policy/change/", reasons.change_policy, name="change-policy"),
    path("log/", audit.page, name="audit"),
    path("log/log.csv", audit.download, name="audit-file"),
    # --- how people take part
    path("taking-part/", participation.page, name="taking-part"),
    path(
        "taking-part/secret/",
        participation.change_link_secret,
        name="change-link-secret",
    ),
    # --- languages
    path("languages/", translations.page, name="languages"),
    path(
        "languages/question/",
        translations.translate_conversation,
        name="translate-conversation",
    ),
    path(
        "languages/statements/<int:number>/",
        translations.translate_statement,
        name="translate-statement",
    ),
    # --- the constitution
    path("constitution/", constitutions.draft, name="draft"),
    path("constitution/fill/", constitutions.fill_draft, name="fill-draft"),
    path("constitution/publish/", constitutions.publish, name="publish"),
    path("constitution/<int:pk>/reword/", constitutions.reword, name="reword"),
    path("constitution/<int:pk>/move/", constitutions.move, name="move"),
    path("constitution/<int:pk>/withdraw/", constitutions.withdraw, name="withdraw"),
]

urlpatterns = [
    path("", conversations.front, name="front"),
    path("c/<slug:slug>/", include(conversation)),
    path("j/<str:short_code>/", links.short, name="short-link"),
    path("embed.js", embed.script, name="embed-script"),
    path("api/v1/", include("deliberation.api.urls")),
    path("style/<slug:digest>/<str:names>.css", assets.stylesheet, name="stylesheet"),
    path("script/<slug:digest>/<slug:name>.js", assets.script, name="script"),
    path("colour/<slug:digits>.css", branding.colour, name="colour"),
    path("language/", conversations.switch_language, name="set-language"),
    path("sign-in/", accounts.SignIn.as_view(), name="sign-in"),
    path("sign-out/", LogoutView.as_view(), name="sign-out"),
    path("", include("deliberation.account_urls")),
    path("operate/", operate.site.urls),
    path("invitation/<str:token>/", invitations.page, name="invitation"),
    path(
        "invitation/<str:token>/accept/",
        invitations.accept,
        name="accept-invitation",
    ),
    path(
        "invitation/<str:token>/account/",
        invitations.make_account,
        name="make-account",
    ),
    path("moderate/", dashboard.conversations, name="moderate"),
    path("moderate/new/", setup.create, name="create-conversation"),
    path("moderate/<slug:slug>/", include(moderated_conversation)),
]

handler400 = errors.bad_request
handler404 = errors.not_found
handler500 = errors.server_error
