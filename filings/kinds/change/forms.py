"""What a change of a filed organisation asks: what changes, then the new values of that and of nothing else."""

from filings.kinds.change.checklist import ITEMS
from registry.forms.changes import ItemsForm, NewValuesForm, belongs


class WhatForm(ItemsForm):
    table = ITEMS


class NewForm(NewValuesForm):
    belongs = belongs(ITEMS)
