"""Search in the admin's menu."""

from wagtail import hooks

from hub.search.workbench.viewsets import SearchGroup


@hooks.register("register_admin_viewset")
def search_group() -> SearchGroup:
    return SearchGroup()
