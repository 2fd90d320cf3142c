"""Stages of the roadmap in templates."""

from typing import Any

from django import template

from casestudies.dossier.stages import cost_of, strand_of

register = template.Library()


@register.filter
def stage_cost(stage: Any) -> str:
    return cost_of(stage)


@register.filter
def stage_strand(stage: Any) -> str:
    return strand_of(stage)
