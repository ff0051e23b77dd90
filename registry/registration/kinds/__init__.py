"""The kinds of case on the road of 登记, a folder each: flow, forms, checklist, effects."""
