"""What an editor is to show beside a file: completion, hovers, symbols and where ids are named.

All of it is told of a text as it stands in the editor, in offsets of characters; `crmtool.lsp` speaks the protocol.
"""
