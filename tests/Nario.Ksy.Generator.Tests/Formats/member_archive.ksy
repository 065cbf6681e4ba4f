meta:
  id: member_archive
  title: Members one after another
  endian: le
-shape: stream
doc: An archive of named members, as long as there is input.
seq:
  - id: magic
    contents: ["!members", 0x0a]
    doc: The mark of the format.
  - id: members
    type: member
    repeat: eos
    doc: The members.
types:
  member:
    doc: A member.
    seq:
      - id: header
        type: header
        doc: What is known of the member.
      - id: body
        size: header.size
        -stream: true
        doc: The bytes of the member.
      - id: padding
        type: u1
        repeat: expr
        repeat-expr: (4 - header.size % 4) % 4
        valid: 0
        doc: Zeros up to the next multiple of 4.
  header:
    doc: |
      Name, mode
      and size <of a member> & more.
    seq:
      - id: mark
        contents: "m:"
        doc: The mark of a member.
      - id: name_length
        type: u1
        valid: {min: 1}
        doc: Length of the name in bytes.
      - id: name
        size: name_length
        doc: The name.
      - id: mode
        type: u2
        valid: {max: 0o7777}
        doc: |
          Permissions,
          as in <chmod>.
      - id: size
        type: u4
        doc: Size of the body in bytes.
