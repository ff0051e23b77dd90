"""The kinds of case on the road of 备案, a folder each: flow, forms, checklist, effects."""
