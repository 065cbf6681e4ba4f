meta:
  id: nario_v1
  title: Nario, version 1
  file-extension: nario
  license: MIT
  ks-version: "0.11"
  endian: le
  imports:
    - nix_wire
    - nar
-shape: stream
doc: |
  What `nix-store --export` writes: NARs, each followed by the path that it belongs to. There is no header, and a NAR
  comes before its path and without its size.
seq:
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
      doc: A store path follows.
  signature_tag:
    0:
      id: absent
      doc: No signature follows; what writers write.
    1:
      id: present
      doc: A signature follows.
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
    doc: A store path with its contents before it.
    seq:
      - id: nar
        type: nar
        doc: The contents of the path.
      - id: info
        type: path_info
        doc: What the exporting store knows of the path.
  path_info:
    doc: What a store knows of a path. Paths are full paths, with the store directory.
    -max-size: 67108864
    seq:
      - id: magic
        contents: [NIXE, 0, 0, 0, 0]
        doc: The mark between a NAR and its path.
      - id: path
        type: nix_wire::str(1, 4096)
        doc: The store path.
      - id: references
        type: nix_wire::strs(1000000, 1, 4096)
        doc: The store paths that the contents refer to, in ascending byte order; may hold the path itself.
      - id: deriver
        type: nix_wire::str(0, 4096)
        doc: The derivation that the path was built from; empty when there is none.
      - id: signature
        type: signature
        doc: What once was a signature; ignored.
  signature:
    doc: An optional signature in a form that is no longer in use.
    seq:
      - id: tag
        type: u8
        enum: signature_tag
        valid: {any-of: ['signature_tag::absent', 'signature_tag::present']}
        doc: Whether a signature follows.
      - id: text
        type: nix_wire::str(0, 4096)
        if: tag == signature_tag::present
        doc: The signature.
