"""Review by type: one table with one row per entity, decisions kept in the key and replayed whenever it is given.

`log`: what was decided; `mentions` and `entities`: what follows from it, for `planning`; `table`, `sheet` and `reading`: the table that a person
reads, as a file, and as it comes back; `commands` and `widget`: what is offered to Python, the command line and notebooks.
"""
