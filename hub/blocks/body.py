"""The blocks that may stand in the body of a page, in the order in which editors are offered them."""

from typing import Any

from wagtail.blocks import StreamBlock

from hub.blocks.evidence import (
    ArgumentBlock,
    ChartBlock,
    FiguresBlock,
    ObjectionBlock,
    TableBlock,
    TimelineBlock,
)
from hub.blocks.links import ActionBlock
from hub.blocks.media import PictureBlock
from hub.blocks.text import (
    CalloutBlock,
    ChecklistBlock,
    HeadingBlock,
    ModelTextBlock,
    QuestionsBlock,
    TextBlock,
)


class BodyBlock(StreamBlock):
    heading = HeadingBlock()
    text = TextBlock()
    callout = CalloutBlock()
    figures = FiguresBlock()
    chart = ChartBlock()
    table = TableBlock()
    timeline = TimelineBlock()
    picture = PictureBlock()
    questions = QuestionsBlock()
    checklist = ChecklistBlock()
    argument = ArgumentBlock()
    objection = ObjectionBlock()
    model_text = ModelTextBlock()
    action = ActionBlock()

    class Meta:
        block_counts: dict[str, Any] = {}
