meta:
  id: tagged_records
  title: Records inside records, each with its kind before it
  endian: be
-shape: stream
doc: A tree of records; integers are big-endian.
seq:
  - id: magic
    contents: [TLV, 1]
    doc: The mark of the format.
  - id: version
    type: u2
    valid: {min: 1, max: 3}
    doc: Version of whoever wrote it.
  - id: root
    type: element
    doc: The outermost record.
  - id: trailer
    type: trailer
    doc: What stands at the end.
enums:
  kind:
    1:
      id: integer
      doc: An integer.
    2: text
    3:
      id: group
      doc: Several records.
    -1: blob
types:
  element:
    doc: One record.
    -max-depth: 12
    seq:
      - id: kind
        type: s1
        enum: kind
        valid: {in-enum: true}
        doc: What follows.
      - id: body
        type:
          switch-on: kind
          cases:
            'kind::integer': integer
            'kind::text': text
            'kind::group': group
            'kind::blob': blob
        doc: The rest of the record.
  integer:
    doc: A signed integer that is not the smallest one.
    seq:
      - id: value
        type: s8
        valid: {min: -9223372036854775807}
        doc: The integer.
  text:
    doc: A short text.
    seq:
      - id: length
        type: u2
        valid: {max: 1000}
        doc: Length of the text in bytes.
      - id: value
        type: str
        size: length
        encoding: UTF-8
        doc: The text.
  group:
    doc: A counted list of records.
    seq:
      - id: count
        type: u2
        doc: Number of records.
      - id: items
        type: element
        repeat: expr
        repeat-expr: count
        doc: The records.
  blob:
    doc: Any number of bytes, in an envelope that is 4 bytes longer.
    seq:
      - id: size
        type: u4
        valid: {min: 4}
        doc: Size of the envelope in bytes.
      - id: data
        size: size - 4
        -stream: true
        doc: The bytes.
      - id: check
        contents: [0xde, 0xad, 0xbe, 0xef]
        doc: Always the same bytes.
  trailer:
    doc: What stands at the end.
    seq:
      - id: flags
        type: u1
        doc: Bit 0 says that there is a note, bit 1 that there is a code.
      - id: note
        type: text
        if: flags & 1 != 0
        doc: A note.
      - id: code
        size: 8
        terminator: 0
        if: flags & 2 != 0
        doc: A code of up to 8 bytes.
      - id: checksum
        type: u4
        doc: A number that nobody checks.
      - id: end
        contents: [end]
        doc: The end.
    instances:
      has_note:
        value: flags & 1 != 0
        doc: Whether there is a note.
