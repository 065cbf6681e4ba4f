meta:
  id: nario_v2
  title: Nario, version 2
  file-extension: nario
  license: MIT
  ks-version: "0.11"
  endian: le
  imports:
    - nix_wire
    - nar
-shape: stream
doc: |
  What `nix nario export --format 2` writes: store paths, each with what a store knows of it and then its NAR, whose
  size is stated before it.
seq:
  - id: magic
    contents: [NARIO2, 0, 0]
    doc: The mark of version 2.
  - id: entries
    type: entry
    repeat: until
    repeat-until: _.tag == entry_tag::end
    doc: The store paths, every path after the paths that it refers to, and then the end marker.
enums:
  entry_tag:
    0:
      id: end
      doc: The nario ends here.
    1:
      id: path
      doc: A store path with its whole NAR follows.
    2:
      id: diff
      doc: A store path as a difference to another one; not supported.
    3:
      id: present
      doc: A store path that the reader must have already; not supported.
    4:
      id: compressed
      doc: A store path with a compressed NAR; not supported.
types:
  entry:
    doc: A store path, or the end marker.
    seq:
      - id: tag
        type: u8
        enum: entry_tag
        valid: {any-of: ['entry_tag::end', 'entry_tag::path']}
        doc: What follows.
      - id: body
        type: entry_body
        if: tag == entry_tag::path
        doc: The store path.
  entry_body:
    doc: A store path.
    seq:
      - id: info
        type: path_info
        doc: What the exporting store knows of the path.
      - id: nar
        type: nar
        size: info.nar_size
        valid: {expr: _._io.eof}
        doc: The contents of the path, exactly as long as stated.
  path_info:
    doc: What a store knows of a path. Paths are base names, without the store directory.
    -max-size: 67108864
    seq:
      - id: path
        type: nix_wire::str(34, 244)
        doc: The store path.
      - id: deriver
        type: nix_wire::str(0, 244)
        doc: The derivation that the path was built from; empty when there is none.
      - id: nar_hash
        type: nix_wire::str(44, 71)
        doc: The SHA-256 hash of the NAR; writers write 64 hexadecimal digits.
      - id: references
        type: nix_wire::strs(1000000, 34, 244)
        doc: The store paths that the contents refer to, in ascending byte order; may hold the path itself.
      - id: registration_time
        type: u8
        valid: {max: 9223372036854775807}
        doc: When the path was registered, in seconds since 1970; 0 when that is not known.
      - id: nar_size
        type: u8
        doc: Size of the NAR in bytes.
      - id: ultimate
        type: u8
        valid: {any-of: [0, 1]}
        doc: Whether the exporting store built the path itself; never believed by a reader.
      - id: signatures
        type: nix_wire::strs(1000, 0, 49152)
        doc: Signatures, as `key name:base 64`, in the order of the names, then of the signed bytes.
      - id: ca
        type: nix_wire::str(0, 4096)
        doc: The content address; empty when the path is not content-addressed.
