"""The hub's roles as groups with their permissions on pages, snippets, pictures and documents.

========== ==========================================================================
editor     writes and publishes every page but legal explainers and campaigns, steers search;
           feedback events and the library's tools are such pages
legal      writes and publishes legal explainers and their references
campaigns  writes and publishes campaigns
translator writes translations (drafts), cannot publish
moderator  publishes everything, manages vocabularies, steers search; alone reads what
           pioneers and those who seek a mentor sent, and the mentors' addresses
========== ==========================================================================

Pioneers have no account: the signed link that they were sent is their right.
"""

from collections.abc import Iterable

from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

ROLES = ("editor", "legal", "campaigns", "translator", "moderator")
_WRITE = ("add_page", "change_page")
_PUBLISH = (*_WRITE, "publish_page")
_LEGAL_INDEX = ("guides", "legalindexpage")
_CAMPAIGN_INDEX = ("campaigns", "campaignindexpage")
# Whoever may add a file may change and delete those they added.
_OWN_FILES = tuple(
    f"{app}.{verb}_{model}"
    for app, model in (("wagtailimages", "image"), ("wagtaildocs", "document"))
    for verb in ("add", "choose")
)
_ALL_FILES = ("wagtailimages.change_image", "wagtaildocs.change_document")
# What people sent, with their names and addresses. Nobody adds it by hand. The purge deletes it in its time; a request
# for mentoring also goes when its sender asks, as contributors delete theirs by their own link.
_SENT = (
    *(f"casestudies.{verb}_{model}" for model in ("contribution", "mentoringrequest") for verb in ("view", "change")),
    "casestudies.delete_mentoringrequest",
    *(f"casestudies.{verb}_mentorcontact" for verb in ("view", "add", "change", "delete")),
    "casestudies.view_mentoringcount",
)


def _sections(*types: tuple[str, str]) -> list[Page]:
    found = []
    for app_label, model in types:
        content_type = ContentType.objects.get_by_natural_key(app_label, model)
        found += list(Page.objects.filter(content_type=content_type))
    return found


def _homes() -> list[Page]:
    return list(Page.objects.filter(depth=2))


def _other_sections() -> list[Page]:
    kept_apart = {page.pk for page in _sections(_LEGAL_INDEX, _CAMPAIGN_INDEX)}
    return [page for page in Page.objects.filter(depth=3) if page.pk not in kept_apart]


def _allow_pages(group: Group, pages: Iterable[Page], codenames: Iterable[str]) -> None:
    for page in pages:
        for codename in codenames:
            permission = Permission.objects.get(content_type__app_label="wagtailcore", codename=codename)
            GroupPagePermission.objects.get_or_create(group=group, page=page, permission=permission)


def _allow_models(group: Group, codenames: Iterable[str]) -> None:
    for codename in codenames:
        app_label, name = codename.split(".")
        group.permissions.add(Permission.objects.get(content_type__app_label=app_label, codename=name))


def _allow_files(group: Group, codenames: Iterable[str]) -> None:
    """Wagtail asks for the rights on its own two models, whatever models stand in for them."""
    root = Collection.get_first_root_node()
    for codename in codenames:
        app_label, name = codename.split(".")
        permission = Permission.objects.get(content_type__app_label=app_label, codename=name)
        GroupCollectionPermission.objects.get_or_create(group=group, collection=root, permission=permission)


def ensure_roles() -> dict[str, Group]:
    """Make the groups and their permissions. Running it again adds what is missing and removes nothing."""
    groups = {role: Group.objects.get_or_create(name=role)[0] for role in ROLES}
    _allow_pages(groups["editor"], _other_sections(), _PUBLISH)
    _allow_pages(groups["legal"], _sections(_LEGAL_INDEX), _PUBLISH)
    _allow_pages(groups["campaigns"], _sections(_CAMPAIGN_INDEX), _PUBLISH)
    _allow_pages(groups["translator"], _homes(), ("change_page",))
    _allow_pages(groups["moderator"], _homes(), (*_PUBLISH, "lock_page", "unlock_page"))
    for group in groups.values():
        _allow_models(group, ["wagtailadmin.access_admin"])
        _allow_files(group, _OWN_FILES)
    _allow_models(groups["legal"], [f"vocabulary.{verb}_legalreference" for verb in ("add", "change")])
    _allow_models(groups["legal"], ["guides.change_letterclause"])
    _allow_models(
        groups["translator"],
        ["wagtail_localize.submit_translation", "vocabulary.change_glossaryterm", "guides.change_letterclause"],
    )
    models = ("audience", "territory", "sector", "source", "glossaryterm", "legalreference")
    _allow_models(
        groups["moderator"], [f"vocabulary.{verb}_{model}" for model in models for verb in ("add", "change", "delete")]
    )
    _allow_models(groups["moderator"], ["wagtail_localize.submit_translation"])
    _allow_models(groups["moderator"], ["guides.change_letterclause"])
    _allow_models(groups["moderator"], _SENT)
    for role in ("editor", "moderator"):
        _allow_files(groups[role], _ALL_FILES)
        _allow_models(groups[role], [f"guides.{verb}_yearlyamount" for verb in ("add", "change", "delete")])
        _allow_models(groups[role], [f"casestudies.{verb}_organisation" for verb in ("add", "change")])
        _allow_models(groups[role], [f"vocabulary.{verb}_source" for verb in ("add", "change")])
        steered = ("synonymgroup", "promotedresult", "judgedquery")
        _allow_models(
            groups[role], [f"search.{verb}_{model}" for model in steered for verb in ("add", "change", "delete")]
        )
    return groups
