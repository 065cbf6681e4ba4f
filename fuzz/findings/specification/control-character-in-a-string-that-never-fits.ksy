meta: {id: a}
seq:
- {id: x, type: str, size: 1, encoding: ASCII, valid: {any-of: ['"a\nb"']}}
