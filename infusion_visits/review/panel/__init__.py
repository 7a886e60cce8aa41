"""The review on the screen: the inbox, the record beside its pages, the decision."""
