meta:
  id: nar
  title: Nix archive (NAR)
  file-extension: nar
  license: MIT
  ks-version: "0.11"
  endian: le
-shape: stream
doc: |
  One file system object: a regular file, a symbolic link, or a directory of such objects. A NAR keeps names, contents,
  link targets and whether a file is executable, and nothing else; there is exactly one encoding of a given tree.
  Every token is a byte string of the Nix wire format, so constant tokens stand here with their length and padding.
seq:
  - id: magic
    contents: [13, 0, 0, 0, 0, 0, 0, 0, nix-archive-1, 0, 0, 0]
    doc: The token `nix-archive-1`.
  - id: root
    type: node(1)
    doc: The object itself.
types:
  node:
    doc: A file system object.
    -max-depth: 64
    params:
      - id: depth
        type: u4
        doc: Number of nodes from the root to this one, both counted.
    seq:
      - id: open
        contents: [1, 0, 0, 0, 0, 0, 0, 0, '(', 0, 0, 0, 0, 0, 0, 0, 4, 0, 0, 0, 0, 0, 0, 0, type, 0, 0, 0, 0]
        doc: The tokens `(` and `type`.
      - id: type
        type: node_type
        valid: {expr: depth <= 64}
        doc: What kind of object follows.
      - id: body
        type:
          switch-on: type.name
          cases:
            '"regular"': regular
            '"symlink"': symlink
            '"directory"': directory(depth)
        doc: The rest of the object.
  node_type:
    doc: The token that says of what kind an object is.
    seq:
      - id: length
        type: u8
        valid: {max: 32}
        doc: Length of the token in bytes.
      - id: name
        type: str
        size: length
        encoding: ASCII
        valid: {any-of: ['"regular"', '"symlink"', '"directory"']}
        doc: The token.
      - id: padding
        type: u1
        repeat: expr
        repeat-expr: (8 - length % 8) % 8
        valid: 0
        doc: Zeros up to the next multiple of 8.
  regular:
    doc: A regular file.
    seq:
      - id: file
        type: file_header
        doc: Whether the file is executable, and its size.
      - id: contents
        size: file.length
        -stream: true
        doc: The contents of the file.
      - id: padding
        type: u1
        repeat: expr
        repeat-expr: (8 - file.length % 8) % 8
        valid: 0
        doc: Zeros up to the next multiple of 8.
      - id: close
        contents: [1, 0, 0, 0, 0, 0, 0, 0, ')', 0, 0, 0, 0, 0, 0, 0]
        doc: The token `)`.
  file_header:
    doc: What stands before the contents of a regular file.
    seq:
      - id: tag
        type: file_tag
        doc: The token `executable` of an executable file, else already the token `contents`.
      - id: marker
        contents: [0, 0, 0, 0, 0, 0, 0, 0, 8, 0, 0, 0, 0, 0, 0, 0, contents]
        if: tag.name == "executable"
        doc: The empty value of `executable`, and the token `contents`.
      - id: length
        type: u8
        doc: Size of the contents in bytes.
    instances:
      is_executable:
        value: tag.name == "executable"
        doc: Whether the owner of the file may execute it.
  file_tag:
    doc: The first token of a regular file after its type.
    seq:
      - id: length
        type: u8
        valid: {max: 32}
        doc: Length of the token in bytes.
      - id: name
        type: str
        size: length
        encoding: ASCII
        valid: {any-of: ['"executable"', '"contents"']}
        doc: The token.
      - id: padding
        type: u1
        repeat: expr
        repeat-expr: (8 - length % 8) % 8
        valid: 0
        doc: Zeros up to the next multiple of 8.
  symlink:
    doc: A symbolic link.
    seq:
      - id: key
        contents: [6, 0, 0, 0, 0, 0, 0, 0, target, 0, 0]
        doc: The token `target`.
      - id: length
        type: u8
        valid: {min: 1, max: 4095}
        doc: Length of the target in bytes.
      - id: target
        size: length
        terminator: 0
        valid: {expr: _.length == length}
        doc: Where the link points to; any bytes but NUL.
      - id: padding
        type: u1
        repeat: expr
        repeat-expr: (8 - length % 8) % 8
        valid: 0
        doc: Zeros up to the next multiple of 8.
      - id: close
        contents: [1, 0, 0, 0, 0, 0, 0, 0, ')', 0, 0, 0, 0, 0, 0, 0]
        doc: The token `)`.
  directory:
    doc: A directory.
    params:
      - id: depth
        type: u4
        doc: Depth of the directory's node.
    seq:
      - id: entries
        type: entry(depth, _index)
        repeat: until
        repeat-until: _.tag.name == ")"
        doc: The entries in strictly ascending byte order of their names, and then the token `)`.
  entry:
    doc: An entry of a directory, or the token that ends the directory.
    params:
      - id: depth
        type: u4
        doc: Depth of the directory's node.
      - id: index
        type: s4
        doc: Number of entries before this one.
    seq:
      - id: tag
        type: entry_tag
        doc: The token `entry`, or `)` at the end of the directory.
      - id: body
        type: entry_body(depth, index)
        if: tag.name == "entry"
        doc: The entry.
  entry_tag:
    doc: The token that begins an entry or ends a directory.
    seq:
      - id: length
        type: u8
        valid: {max: 32}
        doc: Length of the token in bytes.
      - id: name
        type: str
        size: length
        encoding: ASCII
        valid: {any-of: ['"entry"', '")"']}
        doc: The token.
      - id: padding
        type: u1
        repeat: expr
        repeat-expr: (8 - length % 8) % 8
        valid: 0
        doc: Zeros up to the next multiple of 8.
  entry_body:
    doc: A named object in a directory.
    params:
      - id: depth
        type: u4
        doc: Depth of the directory's node.
      - id: index
        type: s4
        doc: Number of entries before this one.
    seq:
      - id: entry
        type: entry_header
        doc: The name of the entry.
      - id: order
        size: 0
        -ascending: entry.name
        valid:
          expr: index == 0 or _parent._parent.entries[index - 1].body.entry.name < entry.name
        doc: No bytes; the place where the name is compared with the name before it.
      - id: node
        type: node(depth + 1)
        doc: The object.
      - id: close
        contents: [1, 0, 0, 0, 0, 0, 0, 0, ')', 0, 0, 0, 0, 0, 0, 0]
        doc: The token `)`.
  entry_header:
    doc: What stands before the object of an entry.
    seq:
      - id: open
        contents: [1, 0, 0, 0, 0, 0, 0, 0, '(', 0, 0, 0, 0, 0, 0, 0, 4, 0, 0, 0, 0, 0, 0, 0, name, 0, 0, 0, 0]
        doc: The tokens `(` and `name`.
      - id: length
        type: u8
        valid: {min: 1, max: 255}
        doc: Length of the name in bytes.
      - id: name
        size: length
        terminator: 0x2f
        valid: {expr: '_.length == length and _.min > 0 and _ != [0x2e] and _ != [0x2e, 0x2e]'}
        doc: The name; any bytes but `/` and NUL, and not `.` or `..`.
      - id: padding
        type: u1
        repeat: expr
        repeat-expr: (8 - length % 8) % 8
        valid: 0
        doc: Zeros up to the next multiple of 8.
      - id: key
        contents: [4, 0, 0, 0, 0, 0, 0, 0, node, 0, 0, 0, 0]
        doc: The token `node`.
