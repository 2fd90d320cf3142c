"""What changes what visitors find: each event writes its outbox rows in its own transaction.

``post_save`` of a page is sent inside the transaction of ``Page.save``, where Wagtail's own ``page_published`` and
``post_page_move`` come after it: a process killed in between would leave the index behind for good.
"""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.db.models.signals import post_delete, post_save, pre_delete, pre_save
from modelcluster.models import get_all_child_relations
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import (
    Collection,
    CollectionViewRestriction,
    Locale,
    Page,
    PageViewRestriction,
    ReferenceIndex,
    get_page_models,
)

from hub.pages.models import HubPage
from hub.search.outbox import enqueue, enqueue_subtree
from hub.search.pdf import pages_linking_below
from hub.vocabulary.models import AudienceTag, PageTerritory

# What saving a draft writes on the page itself: nothing that a visitor sees.
_DRAFT_FIELDS = frozenset({"latest_revision", "latest_revision_created_at", "draft_title", "has_unpublished_changes"})
# Users, revisions and the like change often and stand in no document.
_OTHERS = frozenset({"auth", "contenttypes", "wagtailcore"})


def _is_draft(update_fields: Any) -> bool:
    return bool(update_fields) and set(update_fields) <= _DRAFT_FIELDS


def _remember_address(sender: type, instance: Any, update_fields: Any = None, **_kwargs: Any) -> None:
    """Note where a page stood, to know whether the pages below it move along."""
    if isinstance(instance, Page) and instance.pk and not _is_draft(update_fields):
        instance._searched_at = Page.objects.filter(pk=instance.pk).values_list("url_path", flat=True).first()


def _page_saved(sender: type, instance: Any, update_fields: Any = None, raw: bool = False, **_kwargs: Any) -> None:
    if not isinstance(instance, Page) or raw or _is_draft(update_fields):
        return
    before = getattr(instance, "_searched_at", None)
    if before is not None and before != instance.url_path:
        enqueue_subtree(instance)
    else:
        enqueue([instance.pk])


def _page_deleted(sender: type, instance: Page, **_kwargs: Any) -> None:
    enqueue([instance.pk])


def _restriction_changed(instance: PageViewRestriction, **_kwargs: Any) -> None:
    page = Page.objects.filter(pk=instance.page_id).first()
    if page is not None:
        enqueue_subtree(page)


def _documents_closed_or_opened(instance: CollectionViewRestriction, **_kwargs: Any) -> None:
    """Pages stand in the index with the words of the documents that everybody may read."""
    collection = Collection.objects.filter(pk=instance.collection_id).first()
    if collection is not None:
        enqueue(pages_linking_below(collection))


def _tied_to_a_page(instance: AudienceTag | PageTerritory, **_kwargs: Any) -> None:
    enqueue([instance.content_object_id if isinstance(instance, AudienceTag) else instance.page_id])


def _referred_to() -> set[type[models.Model]]:
    """Models whose words or slugs stand in the documents of pages: what pages and their children point at."""
    found: set[type[models.Model]] = {get_document_model()}
    for page in get_page_models():
        if not issubclass(page, HubPage):
            continue
        children = [relation.related_model for relation in get_all_child_relations(page)]
        for model in [page, *children]:
            targets = [each.related_model for each in model._meta.get_fields() if isinstance(each, models.ForeignKey)]
            found.update(target for target in targets if not issubclass(target, Page | Locale | get_image_model()))
    return {model for model in found if model._meta.app_label not in _OTHERS}


def _reference_changed(instance: models.Model, **_kwargs: Any) -> None:
    """Every page that refers to a legal reference, an organisation, a document or the like."""
    pages = ReferenceIndex.get_references_to(instance).filter(base_content_type=_page_type())
    enqueue({int(pk) for pk in pages.values_list("object_id", flat=True)})


def _listed_changed(sender: type[models.Model], instance: models.Model, **_kwargs: Any) -> None:
    """Pages that list every row of a model, such as the glossary."""
    for model in get_page_models():
        if getattr(model, "lists", None) is sender:
            enqueue(model.objects.values_list("pk", flat=True))


def _page_type() -> ContentType:
    return ContentType.objects.get_for_model(Page)


def connect() -> None:
    """A language cannot be deleted while it has pages, so there is no event for it."""
    pre_save.connect(_remember_address, dispatch_uid="search-page-saving")
    post_save.connect(_page_saved, dispatch_uid="search-page-saved")
    post_delete.connect(_page_deleted, sender=Page, dispatch_uid="search-page-deleted")
    changed: dict[Any, Any] = {
        PageViewRestriction: _restriction_changed,
        CollectionViewRestriction: _documents_closed_or_opened,
        AudienceTag: _tied_to_a_page,
        PageTerritory: _tied_to_a_page,
    }
    for model, receiver in changed.items():
        # Alone, they are saved outside any transaction, and Django sends ``post_save`` after its own.
        if not getattr(model.save, "is_atomic", False):
            save = transaction.atomic(model.save)
            save.is_atomic = True
            model.save = save
        for signal in (post_save, post_delete):
            signal.connect(receiver, sender=model, dispatch_uid=f"search-{model.__name__}-{id(signal)}")
    for model in _referred_to():
        post_save.connect(_reference_changed, sender=model, dispatch_uid=f"search-reference-{model.__name__}")
        # Before, for nothing points at it any more after.
        pre_delete.connect(_reference_changed, sender=model, dispatch_uid=f"search-reference-{model.__name__}")
    for model in {lists for page in get_page_models() if (lists := getattr(page, "lists", None))}:
        for signal in (post_save, post_delete):
            signal.connect(_listed_changed, sender=model, dispatch_uid=f"search-listed-{model.__name__}-{id(signal)}")
