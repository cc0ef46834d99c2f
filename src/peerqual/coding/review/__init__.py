"""Review of codings: what a person is asked, in which order, how the answers come back, and the log that keeps them.

`log`: decisions as they are written, read, taken back; `verdicts`: what several coders' decisions come to; `memos`: words about passages;
`order`: what to read first; `table`, `blind`: what a person reads; `sheet` and `reading`: the table as a file, and as it comes back; `commands` and
`widget`: what is offered to Python, the command line and notebooks.
"""
