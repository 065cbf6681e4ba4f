meta:
  id: nix_wire
  title: Byte strings of the Nix wire format
  license: MIT
  ks-version: "0.11"
  endian: le
doc: |
  Length-prefixed byte strings, padded with zeros to a multiple of 8 bytes, as NARs, narios and the Nix daemon
  protocol use them. All integers are unsigned, 64 bits wide and little-endian.
types:
  str:
    doc: A byte string whose length lies between two bounds.
    params:
      - id: min
        type: u8
        doc: Smallest length in bytes.
      - id: max
        type: u8
        doc: Largest length in bytes.
    seq:
      - id: length
        type: u8
        valid: {min: min, max: max}
        doc: Number of bytes, without the padding.
      - id: bytes
        size: length
        doc: The bytes themselves; any value is allowed.
      - id: padding
        type: u1
        repeat: expr
        repeat-expr: (8 - length % 8) % 8
        valid: 0
        doc: Zeros up to the next multiple of 8.
  strs:
    doc: A counted list of byte strings.
    params:
      - id: max_count
        type: u8
        doc: Largest number of strings.
      - id: min
        type: u8
        doc: Smallest length of a string in bytes.
      - id: max
        type: u8
        doc: Largest length of a string in bytes.
    seq:
      - id: count
        type: u8
        valid: {max: max_count}
        doc: Number of strings.
      - id: items
        type: str(min, max)
        repeat: expr
        repeat-expr: count
        doc: The strings, in the order of the file.
